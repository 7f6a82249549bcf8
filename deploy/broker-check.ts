/** Checks whether Kafka listens on a port, by the one request that every version of Kafka understands. */
import { connect } from 'node:net'

/** ApiVersions, version 0: length 10, api key 18, version 0, correlation id, no client id. */
const CORRELATION_ID = 0x53434f52
const request = (): Buffer => {
  const bytes = Buffer.alloc(14)
  bytes.writeInt32BE(10, 0)
  bytes.writeInt16BE(18, 4)
  bytes.writeInt16BE(0, 6)
  bytes.writeInt32BE(CORRELATION_ID, 8)
  bytes.writeInt16BE(-1, 12)
  return bytes
}

/** Resolves to true if the answer arrives in time, with our correlation id and no error. */
export const answersKafka = (host: string, port: number, timeoutMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs })
    let received = Buffer.alloc(0)
    const finish = (answers: boolean): void => {
      socket.destroy()
      resolve(answers)
    }
    socket.once('connect', () => socket.write(request()))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      if (received.length >= 10) finish(received.readInt32BE(4) === CORRELATION_ID && received.readInt16BE(8) === 0)
    })
    socket.once('timeout', () => finish(false))
    socket.once('error', () => finish(false))
    socket.once('end', () => finish(false))
  })
