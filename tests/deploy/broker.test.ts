import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { startBroker, type Broker } from '../../deploy/broker.ts'
import { findFreePort, LOOPBACK } from '../../deploy/ports.ts'
import { isRunning, markProcess, waitForEnd } from '../../deploy/processes.ts'
import { findOrphan } from '../../deploy/server-record.ts'
import { describeWithOwnBroker } from '../support/own-broker.ts'
import { waitFor } from '../support/services.ts'
import { makeTemporaryDirectory } from '../support/test-services.ts'

const listTopics = async (broker: Broker): Promise<string[]> => {
  const admin = new Kafka({ brokers: broker.brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    return await admin.listTopics()
  } finally {
    await admin.disconnect()
  }
}

const createTopic = async (broker: Broker, topic: string): Promise<void> => {
  const admin = new Kafka({ brokers: broker.brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
  } finally {
    await admin.disconnect()
  }
}

/** Starts a broker from a process that is then killed, as happens to a platform that uses too much memory. */
const startAndDie = async (directory: string, port: number): Promise<number> => {
  const script = `
    const { startBroker } = await import(${JSON.stringify(join(import.meta.dirname, '../../deploy/broker.ts'))})
    const { pid } = await startBroker({ directory: ${JSON.stringify(directory)}, port: ${port}, heap: '256m', shortLived: true })
    console.log(pid)
    process.stdin.resume().once('end', () => process.exit())`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const mark = markProcess(parent.pid!)!
  const [printed] = (await once(parent.stdout, 'data')) as [Buffer]
  parent.kill('SIGKILL')
  await waitForEnd(mark, 5_000)
  return Number(printed.toString())
}

describeWithOwnBroker('the local broker', () => {
  let directory: string
  const running: Broker[] = []
  const start = async (port?: number): Promise<Broker> => {
    const broker = await startBroker({
      directory,
      heap: '256m',
      shortLived: true,
      ...(port === undefined ? {} : { port }),
    })
    running.push(broker)
    return broker
  }

  beforeEach(() => {
    directory = makeTemporaryDirectory('broker-test')
  })

  afterEach(async () => {
    await Promise.all(running.splice(0).map((broker) => broker.stop()))
    rmSync(directory, { recursive: true, force: true })
  })

  test('an interrupted start ends within a person’s patience, and leaves nothing running', async () => {
    const interrupting = new AbortController()
    const starting = startBroker({ directory, heap: '256m', shortLived: true, signal: interrupting.signal })
    starting.catch(() => {})
    await waitFor(() => existsSync(join(directory, 'broker.log')), { what: 'the launch of the broker' })
    const interruptedAt = performance.now()
    interrupting.abort(new Error('interrupted'))
    await expect(starting).rejects.toThrow('interrupted')
    expect(performance.now() - interruptedAt).toBeLessThan(4_000)
    expect(findOrphan(directory, 'the Kafka broker')).toBeUndefined()
  })

  test('keeps its topics and its identity over a restart, though the port moves', async () => {
    const first = await start()
    await createTopic(first, 'kept')
    const identity = (): string => readFileSync(join(directory, 'data', 'meta.properties'), 'utf8')
    const before = identity()
    const mark = markProcess(first.pid)!
    await first.stop()
    expect(isRunning(mark)).toBe(false)
    expect(existsSync(join(directory, 'running.json'))).toBe(false)

    const second = await start()
    expect(second.brokers).not.toEqual(first.brokers)
    expect(await listTopics(second)).toContain('kept')
    expect(identity()).toBe(before)
  })

  test('names the variable that moves it when its port is taken', async () => {
    const port = await findFreePort()
    const taken: Server = createServer().listen(port, LOOPBACK)
    await once(taken, 'listening')
    try {
      await expect(start(port)).rejects.toThrow(`port ${port} for the Kafka broker is taken: set BROKER_PORT`)
    } finally {
      taken.close()
    }
  })

  test('takes over a broker that a killed process has left running, and stops it in the end', async () => {
    const port = await findFreePort()
    const left = await startAndDie(directory, port)
    const mark = markProcess(left)!
    const adopted = await start(port)
    expect(adopted.pid).toBe(left)
    await createTopic(adopted, 'after-the-kill')
    expect(await listTopics(adopted)).toContain('after-the-kill')
    await adopted.stop()
    expect(isRunning(mark)).toBe(false)
  })

  test('replaces one left running on another port, with its data', async () => {
    const left = markProcess(await startAndDie(directory, await findFreePort()))!
    const port = await findFreePort()
    const broker = await start(port)
    expect(isRunning(left)).toBe(false)
    expect(broker.brokers).toEqual([`${LOOPBACK}:${port}`])
  })

  test('refuses a directory whose broker belongs to a living process', async () => {
    const broker = await start()
    await expect(start()).rejects.toThrow(`already in use by process ${process.pid}`)
    expect(isRunning(markProcess(broker.pid)!)).toBe(true)
  })

  test('shows the broker’s log when it cannot start', async () => {
    mkdirSync(join(directory, 'data'))
    // A broker refuses storage that belongs to another node.
    writeFileSync(
      join(directory, 'data', 'meta.properties'),
      'version=1\nnode.id=7\ncluster.id=MkU3OEVBNTcwNTJENDM2Qg\n',
    )
    await expect(start()).rejects.toThrow(/ended while it started[^]*node/)
    expect(existsSync(join(directory, 'running.json'))).toBe(false)
  })
})
