import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** API keys of the requests that tests interfere with. */
export const apiKeys = {
  produce: 0,
  fetch: 1,
  findCoordinator: 10,
  joinGroup: 11,
  heartbeat: 12,
  syncGroup: 14,
  createTopics: 19,
  deleteTopics: 20,
  initProducerId: 22,
  addPartitionsToTxn: 24,
  addOffsetsToTxn: 25,
  endTxn: 26,
  txnOffsetCommit: 28,
  describeTransactions: 65,
} as const

/** Reads the error code in an answer of EndTxn, after correlation id (4), tagged fields (1) and throttle time (4). */
export const errorCodeOfEnd = (answer: Buffer): number => answer.readInt16BE(9)

/**
 * Reads the error code of the first partition in an answer of Produce: after correlation id (4), tagged fields (1), the
 * number of topics (1), the name of the first (its length in one byte), the number of partitions (1) and the partition
 * (4).
 */
export const errorCodeOfProduce = (answer: Buffer): number => answer.readInt16BE(6 + answer.readUInt8(6) + 1 + 4)

export interface PassingRequest {
  readonly apiKey: number
  /** The whole frame without its length prefix. */
  readonly bytes: Buffer
  /** Number of earlier requests of this API, over all connections. */
  readonly index: number
}

/**
 * What becomes of a request:
 * - `pass`: it goes to the broker, and the answer comes back.
 * - `cut`: it never reaches the broker; the connection breaks.
 * - `drop`: it never reaches the broker; nothing answers.
 * - `cutAnswer`: the broker carries it out; the connection breaks instead of the answer.
 * - `dropAnswer`: the broker carries it out; nothing answers.
 * - a promise: the request is held until it resolves, then goes to the broker even if its connection has broken
 *   meanwhile.
 */
export type Fate = 'pass' | 'cut' | 'drop' | 'cutAnswer' | 'dropAnswer' | Promise<void>

export interface TcpProxy {
  /** Option for `ClientOptions`: every broker is then reached through the proxy. */
  readonly resolveBroker: (host: string, port: number) => { readonly host: string; readonly port: number }
  /** Decides on the fate of each request; may be replaced at any time. */
  decide: (request: PassingRequest) => Fate
  /**
   * Resolves to the broker’s answer to a request that was held (a frame without its length prefix), whether or not its
   * client is still connected.
   */
  lateAnswer(): Promise<Buffer>
  /** Breaks every open connection. */
  cutAll(): void
  readonly seen: readonly PassingRequest[]
  close(): Promise<void>
}

/**
 * Starts a proxy in front of one broker that reads Kafka’s framing and can lose or delay single requests. Without
 * `remember` it records nothing in `seen`, so that it can run for hours.
 */
export async function startTcpProxy(broker: string, { remember = true } = {}): Promise<TcpProxy> {
  const [host, port] = [broker.slice(0, broker.lastIndexOf(':')), Number(broker.slice(broker.lastIndexOf(':') + 1))]
  const seen: PassingRequest[] = []
  const counts = new Map<number, number>()
  const sockets = new Set<Socket>()
  let late = Promise.withResolvers<Buffer>()

  function onClient(client: Socket): void {
    const upstream = connect({ host, port })
    /** Fates of the pending answers, by correlation id; the broker answers in order, so ids only serve to match. */
    const answers = new Map<number, Fate>()
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => undefined)
    }
    let held = 0
    const breakBoth = (): void => {
      client.destroy()
      // A held request must still reach the broker, as it would in a slow network.
      if (held === 0) upstream.destroy()
    }
    client.on('close', () => held === 0 && upstream.end())
    upstream.on('close', () => client.destroy())

    onFrames(client, (frame, whole) => {
      const apiKey = frame.readInt16BE(0)
      const index = counts.get(apiKey) ?? 0
      counts.set(apiKey, index + 1)
      const request = { apiKey, bytes: frame, index }
      if (remember) seen.push(request)
      const fate = proxy.decide(request)
      if (fate === 'cut') return breakBoth()
      if (fate === 'drop') return
      answers.set(frame.readInt32BE(4), fate)
      if (typeof fate === 'string') return void upstream.write(whole)
      held++
      void fate.then(() => {
        held--
        upstream.write(whole)
        // The broker reads to the end, answers what it has read, and closes.
        if (client.destroyed && held === 0) upstream.end()
      })
    })
    onFrames(upstream, (frame, whole) => {
      const fate = answers.get(frame.readInt32BE(0))
      answers.delete(frame.readInt32BE(0))
      if (fate === 'cutAnswer') return breakBoth()
      if (typeof fate === 'object') late.resolve(frame)
      if (fate !== 'dropAnswer' && !client.destroyed) client.write(whole)
    })
  }

  const server = createServer(onClient)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }

  const proxy: TcpProxy = {
    resolveBroker: () => address,
    decide: () => 'pass',
    lateAnswer() {
      late = Promise.withResolvers()
      return late.promise
    },
    cutAll() {
      for (const socket of sockets) socket.destroy()
    },
    seen,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      proxy.cutAll()
      await closed
    },
  }
  return proxy
}

/** Calls back with every whole frame, without and with its length prefix. */
function onFrames(socket: Socket, onFrame: (frame: Buffer, whole: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const length = 4 + rest.readInt32BE(0)
      const whole = rest.subarray(0, length)
      rest = rest.subarray(length)
      onFrame(whole.subarray(4), whole)
    }
  })
}
