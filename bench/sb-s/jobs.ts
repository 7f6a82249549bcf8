import { execFile } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * A job of the comparison: a process that reads transactions and writes scores, configured by environment variables.
 */
export interface Job {
  readonly name: string
  readonly command: readonly string[]
  /** Prepares the job, usually by a build. */
  prepare(): Promise<void>
}

const here = import.meta.dirname
const peer = join(here, '..', 'peer')

/** Node.js with the options of `npm start`. */
const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--max-semi-space-size=8']

/** SB-S on the engine of this project. */
export const ours: Job = {
  name: 'scoreline',
  command: [...node, join(here, 'job.ts')],
  prepare: () => Promise.resolve(),
}

/** Copies bytes from topic to topic, exactly once, with the same client: the cost without any computation. */
export const copy: Job = {
  name: 'copy of bytes',
  command: [...node, join(here, 'copy-job.ts')],
  prepare: () => Promise.resolve(),
}

/** SB-S on Kafka Streams with RocksDB: the heap size of its documentation's examples, otherwise defaults. */
export const kafkaStreams: Job = {
  name: 'Kafka Streams',
  command: [
    'java',
    '-Xmx1g',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.apache.avro.SERIALIZABLE_PACKAGES=scoreline.peer',
    '-cp',
    `${join(peer, 'target', 'classes')}:${join(peer, 'target', 'lib', '*')}`,
    'scoreline.peer.Job',
  ],
  async prepare() {
    const built = join(peer, 'target', 'peer-1.jar')
    const sources = globSync(['pom.xml', 'src/**/*.{java,avsc}'], { cwd: peer })
    const newest = Math.max(...sources.map((name) => statSync(join(peer, name)).mtimeMs))
    if (existsSync(built) && statSync(built).mtimeMs > newest) return
    await promisify(execFile)('mvn', ['-B', '-ntp', '-q', 'package'], { cwd: peer }).catch((error: unknown) => {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
      throw new Error(
        isMissing
          ? 'mvn is not on the PATH: the comparison needs Java 17 and Maven to build its peer.'
          : `The peer in ${peer} could not be built: ${(error as Error).message}`,
        { cause: error },
      )
    })
  },
}
