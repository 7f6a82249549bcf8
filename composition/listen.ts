import type { Server } from '../api/http/server.ts'

/** Starts to listen. If the port is taken, the error names the variable to change. */
export async function listen(
  server: Server,
  { host, port, variable }: { host: string; port: number; variable: string },
): Promise<void> {
  await server.listen({ host, port }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${port} of ${host} is taken: choose another one with ${variable}.`, { cause: error })
  })
}
