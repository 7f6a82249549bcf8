import websocket from '@fastify/websocket'
import type { FastifyRequest } from 'fastify'
import type { Server } from '../http/server.ts'
import { CLOSE, type Line } from './line.ts'

/** Room for the SIP message of a new call, and for a turn with the recogniser's own event. */
const FRAME_BYTES_MAX = 64 << 10
export const JAMBONZ_PROTOCOL = 'ws.jambonz.org'

/** What an adapter does with the frames of a connection. */
interface Session {
  receive(text: string): Promise<void>
  closed(code: number): void
}

/** Lets the server accept sockets. Routes that are defined before answer a request for a socket like any other. */
export async function acceptSockets(server: Server): Promise<void> {
  await server.register(websocket, {
    options: {
      maxPayload: FRAME_BYTES_MAX,
      handleProtocols: (offered) => (offered.has(JAMBONZ_PROTOCOL) ? JAMBONZ_PROTOCOL : false),
    },
    // After this code a peer reconnects, to another process or to this one after its restart.
    preClose(done) {
      for (const client of this.websocketServer.clients) client.close(CLOSE.goingAway, 'The server stops.')
      done()
    },
  })
}

export interface SocketRoute {
  readonly path: string
  /** Throws a `ProblemError` if the request may not open a connection. */
  readonly check: (request: FastifyRequest) => void
  readonly open: (line: Line) => Session
  readonly logError: (message: string) => void
}

export function addSocket(server: Server, { path, check, open, logError }: SocketRoute): void {
  server.get(
    path,
    {
      websocket: true,
      exposeHeadRoute: false,
      config: { access: 'dispatch-calls' },
      preValidation: (request, _reply, done) => {
        check(request as FastifyRequest)
        done()
      },
    },
    (socket) => {
      const session = open({
        send: (frame) => socket.send(frame),
        close: (code, reason) => socket.close(code, reason),
      })
      socket.on('close', (code) => session.closed(code))
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) return socket.close(CLOSE.unsupported, 'Only text frames are understood.')
        session.receive(data.toString('utf8')).catch((error: unknown) => {
          logError(`${path}: a frame could not be handled. ${(error as Error).stack ?? String(error)}`)
          socket.close(CLOSE.failure, 'A frame could not be handled.')
        })
      })
    },
  )
}
