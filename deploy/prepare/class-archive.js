/**
 * Kafka's classes, loaded and verified once: a JVM that maps this archive (class data sharing, JEP 350) starts a broker
 * with two thirds of the work. Made for tests, which start dozens of brokers. A JVM to which the archive does not apply
 * logs that and starts without it.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { machinePath, root, run } from './run.js'

const kit = join(root, 'deploy', 'broker')
const archive = join(kit, 'lib', 'kafka.jsa')
/** Deleted together with the jars. Marks an attempt, so that a Java that can't make an archive does not try again. */
const stamp = join(kit, 'lib', '.archived')

const findFreePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

const writeProperties = async (directory) => {
  const [port, controllerPort] = [await findFreePort(), await findFreePort()]
  const path = join(directory, 'server.properties')
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(directory, 'data'),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(path, lines.join(''))
  return path
}

/** Starts a broker, shuts it down cleanly once it serves, and resolves when it has exited. */
const startOnce = async (javaArguments) => {
  const env = { ...process.env, PATH: machinePath() }
  const broker = spawn('java', javaArguments, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  broker.stdout.on('data', (chunk) => String(chunk).includes('Kafka Server started') && broker.kill('SIGTERM'))
  await once(broker, 'close')
}

export const classArchive = {
  title: 'archiving Kafka’s classes for the tests',
  needs: ['java'],
  isDone: () => Boolean(process.env.KAFKA_BROKERS) || existsSync(stamp),
  run: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'scoreline-classes-'))
    try {
      const properties = await writeProperties(directory)
      const log4j = `-Dlog4j2.configurationFile=${join(kit, 'log4j2.properties')}`
      const java = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseG1GC', log4j, '-cp', join(kit, 'lib', '*')]
      const format = ['kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qg', '-c', properties]
      await run('java', [...java, ...format])
      await startOnce([`-XX:ArchiveClassesAtExit=${archive}`, ...java, 'kafka.Kafka', properties])
      writeFileSync(stamp, '')
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  },
}
