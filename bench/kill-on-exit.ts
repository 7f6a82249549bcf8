import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Kills a child process when this process ends, however that happens. Resolves with its exit code and signal. */
export function killOnExit(child: ChildProcess): Promise<readonly [number | null, NodeJS.Signals | null]> {
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  return once(child, 'exit').then(([code, signal]) => {
    process.off('exit', end)
    return [code as number | null, signal as NodeJS.Signals | null]
  })
}
