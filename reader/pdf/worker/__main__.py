"""Entry of the child process; see `reader.pdf.child` for how it is started."""

from reader.pdf.worker.loop import main

main()
