/** What an interrupted run has left behind: servers that tests had started for themselves, and their directories. */
import { globSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { stopProcess } from '../../deploy/processes.ts'
import { findLeftRunning, type ServerRecord } from '../../deploy/server-record.ts'

const findAbandoned = (directory: string): ServerRecord | undefined => {
  try {
    return findLeftRunning(directory, 'a server of the tests')
  } catch {
    // The run that it belongs to is still going on.
    return undefined
  }
}

/** Kills the servers whose run has ended without them; those of a run beside this one are left alone. */
export const removeLeftOvers = async (): Promise<void> => {
  const temporary = tmpdir()
  for (const record of globSync(['scoreline-*/running.json', 'scoreline-*/*/running.json'], { cwd: temporary })) {
    const abandoned = findAbandoned(join(temporary, dirname(record)))
    if (abandoned === undefined) continue
    await stopProcess(abandoned.server, 'SIGKILL', 5_000)
    rmSync(join(temporary, record.split(sep)[0]!), { recursive: true, force: true, maxRetries: 3 })
  }
}
