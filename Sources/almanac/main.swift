private import AlmanacCLI

// Everything a command does is in AlmanacCLI, where tests can reach it.
AlmanacProcess().runAndExit()
