import type { Socket } from 'node:net'
import type { ConnectionError } from 'fastify'
import { PROBLEM_TYPE, problemOf, type ProblemKind } from './problem.ts'

const kinds: Readonly<Record<string, readonly [ProblemKind, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ['head-too-large', 'The address and the headers of the request are longer than 64 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['too-slow', 'The request was not sent within 30 seconds.'],
  HPE_INVALID_URL: ['invalid-request', 'The address contains a character that must be percent-encoded as UTF-8.'],
}

/** Sockets that already have an answer: each further chunk raises the same error. */
const responded = new WeakSet<Socket>()

/** How long the rest of the request is read and dropped after the answer. */
const REST_MS_MAX = 2_000

/**
 * Answers input that is not valid HTTP, for which there is no request object. The rest of the input is read and
 * dropped: closing a connection with unread bytes may reset it before the client sees the answer.
 */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  // The client has gone, or was already answered.
  if (error.code === 'ECONNRESET' || socket.destroyed || responded.has(socket)) return
  responded.add(socket)
  const [kind, detail] = kinds[error.code] ?? ['invalid-request', `This is not valid HTTP: ${error.message}.`]
  const problem = problemOf(kind, detail)
  if (socket.writable) {
    const body = JSON.stringify(problem)
    const head = [
      `HTTP/1.1 ${problem.status} ${problem.title}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'x-content-type-options: nosniff',
      'connection: close',
    ]
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
    socket.once('end', () => socket.destroy())
    setTimeout(() => socket.destroy(), REST_MS_MAX).unref()
  } else socket.destroy()
}
