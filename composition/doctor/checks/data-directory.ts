import { accessSync, constants, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isRunning } from '../../../deploy/processes.ts'
import { readRecord } from '../../../deploy/server-record.ts'
import { error, ok, warning, type Check, type Finding } from '../check.ts'

/** Folders of the servers that `scoreline up` starts. */
const SERVERS = [
  ['kafka', 'The Kafka broker'],
  ['postgres', 'PostgreSQL'],
] as const

export const dataDirectory: Check = {
  name: 'data directory',
  run({ config }) {
    const directory = resolve(config.DATA_DIRECTORY)
    return Promise.resolve([
      accessFinding(directory),
      ...SERVERS.flatMap(([part, what]) => ownerOf(directory, part, what)),
    ])
  },
}

function accessFinding(directory: string): Finding {
  if (!existsSync(directory)) return ok(`${directory} does not exist yet; the first start creates it.`)
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK)
    return ok(`${directory} can be read and written.`)
  } catch {
    return error(
      `This user can't read and write ${directory}.`,
      'Give the folder to the user that runs the platform, or set DATA_DIRECTORY to another one.',
    )
  }
}

/** Says which process owns a server in the directory: a second `scoreline up` with the same directory is refused. */
function ownerOf(directory: string, part: string, what: string): Finding[] {
  const record = readRecord(join(directory, part))
  if (record === undefined || !isRunning(record.server)) return []
  const { owner, server } = record
  if (isRunning(owner))
    return [ok(`${what} here belongs to process ${owner.pid}: a second \`scoreline up\` needs its own DATA_DIRECTORY.`)]
  return [
    warning(
      `${what} here (process ${server.pid}) was left running by process ${owner.pid}, which has ended.`,
      'Start `scoreline up` again: it takes the server over.',
    ),
  ]
}
