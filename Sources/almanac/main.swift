import AlmanacCLI
