import { once } from 'node:events'
import { createServer } from 'node:net'
import { answersKafka } from '../../deploy/broker-check.ts'
import { findFreePort, LOOPBACK } from '../../deploy/ports.ts'
import { brokers } from '../support/services.ts'

describe('checking whether Kafka is behind a port', () => {
  test('a broker answers', async () => {
    const [host, port] = brokers()[0]!.split(':')
    expect(await answersKafka(host!, Number(port), 10_000)).toBe(true)
  })

  test('without a listener there is no broker', async () => {
    expect(await answersKafka(LOOPBACK, await findFreePort(), 1_000)).toBe(false)
  })

  test.each([
    ['another server', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['one that says nothing', undefined],
  ])('%s is no', async (_name, answer) => {
    // A socket that is not read never notices that its peer has closed.
    const server = createServer((socket) => socket.resume() && answer !== undefined && socket.end(answer))
    server.listen(0, LOOPBACK)
    await once(server, 'listening')
    try {
      expect(await answersKafka(LOOPBACK, (server.address() as { port: number }).port, 300)).toBe(false)
    } finally {
      server.close()
      // Emitted once every connection is closed.
      await once(server, 'close')
    }
  })
})
