import type { Server } from '../api/http/server.ts'

/** Throws an error that names the variable to change where the port is taken. */
export async function listen(
  server: Server,
  { host, port, variable }: { host: string; port: number; variable: string },
): Promise<void> {
  await server.listen({ host, port }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${port} of ${host} is taken: choose another one with ${variable}.`, { cause: error })
  })
}
