import type { Config } from '../config.ts'
import { topics } from '../subjects/subjects.ts'

/** Open files per task: data and lock file of its store, and the file in which its head is read. */
const FILES_OF_TASK = 3
/** Connections of a processor to each broker: fetching, group, transactions, offsets. */
const CONNECTIONS_OF_PROCESSOR = 5
const CONNECTIONS_OF_OTHERS = 10
const POOLS_OF_DATABASE = 3
/** Files of Node itself, the log and API clients. */
const OTHERS = 100
/**
 * Open files of the embedded broker: its own topics and libraries, and for each partition a segment with its indexes.
 */
const FILES_OF_BROKER = 300
const FILES_OF_PARTITION = 3

/** Returns how many files and connections this process, or the broker that it starts, may have open at once. */
export function openFilesNeeded(config: Config, processorCount: number, startsBroker: boolean): number {
  const brokers = config.KAFKA_BROKERS?.split(',').length ?? 1
  const own =
    OTHERS +
    processorCount * config.TOPIC_PARTITIONS * FILES_OF_TASK +
    brokers * (CONNECTIONS_OF_OTHERS + processorCount * CONNECTIONS_OF_PROCESSOR * config.STREAM_THREADS) +
    POOLS_OF_DATABASE * config.DATABASE_CONNECTIONS_MAX
  const partitions = (topics.length + processorCount) * config.TOPIC_PARTITIONS
  return startsBroker ? Math.max(own, FILES_OF_BROKER + partitions * FILES_OF_PARTITION) : own
}

/**
 * Throws if the system allows fewer open files than needed: without a file the local store ends the process with a
 * segmentation fault, and the broker stops at any time.
 */
export function checkOpenFiles(needed: number, allowed = openFilesAllowed()): void {
  if (allowed >= needed) return
  throw new Error(
    `A process may have ${allowed} files and connections open here, and ${needed} are needed with this configuration. ` +
      `Raise the limit: \`ulimit -n ${roundUp(needed)}\` in the shell before the start, LimitNOFILE=${roundUp(needed)} in a systemd unit, ` +
      `\`--ulimit nofile=${roundUp(needed)}\` for a container; where the hard limit is lower, first in /etc/security/limits.conf.`,
  )
}

/** Returns the limit of open files. Node has raised the soft limit to the hard one at start. */
export function openFilesAllowed(): number {
  // Otherwise the report would resolve the host names of all connections.
  Object.assign(process.report, { excludeNetwork: true })
  const report = process.report.getReport() as unknown as {
    readonly userLimits?: { readonly open_files?: { readonly soft: unknown } }
  }
  const soft = Number(report.userLimits?.open_files?.soft)
  // Unlimited, or a system without such a limit.
  return Number.isFinite(soft) ? soft : Infinity
}

function roundUp(files: number): number {
  return 2 ** Math.ceil(Math.log2(files))
}
