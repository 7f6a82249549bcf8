/** What an interrupted run has left behind: servers that tests had started for themselves, and their directories. */
import { globSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { isRunning, stopProcess } from '../../deploy/processes.ts'
import { readRecord } from '../../deploy/server-record.ts'

/** Kills the servers whose run has ended without them; those of a run beside this one are left alone. */
export const removeLeftOvers = async (): Promise<void> => {
  const temporary = tmpdir()
  for (const path of globSync(['scoreline-*/running.json', 'scoreline-*/*/running.json'], { cwd: temporary })) {
    const record = readRecord(join(temporary, dirname(path)))
    if (record === undefined || isRunning(record.owner)) continue
    await stopProcess(record.server, 'SIGKILL', 5_000)
    rmSync(join(temporary, path.split(sep)[0]!), { recursive: true, force: true, maxRetries: 3 })
  }
}
