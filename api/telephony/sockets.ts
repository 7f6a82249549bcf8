import type { FastifyPluginAsync, FastifyRequest, RouteShorthandOptions } from 'fastify'
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

interface Socket {
  send(frame: string): void
  close(code: number, reason: string): void
  on(event: 'close', act: (code: number) => void): void
  on(event: 'message', act: (data: Buffer, isBinary: boolean) => void): void
}

type WebSocketPlugin = FastifyPluginAsync<{
  readonly options: { readonly maxPayload: number; handleProtocols(offered: ReadonlySet<string>): string | false }
  preClose(this: { readonly websocketServer: { readonly clients: Iterable<Socket> } }, done: () => void): void
}>

/** Lets the server accept sockets. Routes that are defined before answer a request for a socket like any other. */
export async function acceptSockets(server: Server): Promise<void> {
  // Without its own types: they add an overload to every route, and checking all routes then takes minutes.
  const { default: plugin } = (await import('@fastify/websocket' as string)) as { readonly default: WebSocketPlugin }
  await server.register(plugin, {
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
  const options: RouteShorthandOptions & { readonly websocket: true } = {
    websocket: true,
    exposeHeadRoute: false,
    config: { access: 'dispatch-calls', ownCredentials: true },
    preValidation: (request, _reply, done) => {
      check(request)
      done()
    },
  }
  const connect = (socket: Socket): void => {
    const session = open({
      send: (frame) => socket.send(frame),
      close: (code, reason) => socket.close(code, reason),
    })
    socket.on('close', (code) => session.closed(code))
    socket.on('message', (data, isBinary) => {
      if (isBinary) return socket.close(CLOSE.unsupported, 'Only text frames are understood.')
      session.receive(data.toString('utf8')).catch((error: unknown) => {
        logError(`${path}: a frame could not be handled. ${(error as Error).stack ?? String(error)}`)
        socket.close(CLOSE.failure, 'A frame could not be handled.')
      })
    })
  }
  server.get(path, options, connect as never)
}
