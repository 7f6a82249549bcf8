/** Ports on the loopback interface. */
import { createServer } from 'node:net'

export const LOOPBACK = '127.0.0.1'

const listenBriefly = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
    })
  })

/** Resolves to the requested port if it is free, by default to any free one; rejects if it is taken. */
export const findFreePort = (port = 0): Promise<number> => listenBriefly(port)

/** Throws if the port is in use; the error names the variable that changes it. */
export const requireFreePort = async (port: number, what: string, variable: string): Promise<void> => {
  try {
    await listenBriefly(port)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EADDRINUSE') throw new Error(`port ${port} for ${what} is taken: set ${variable} to a free one`)
    if (code === 'EACCES')
      throw new Error(`port ${port} for ${what} may not be used by this user: set ${variable} to one above 1023`)
    throw error
  }
}
