import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface Proof {
  /** Output of the command: the compared counts and the first differences. */
  readonly report: string
  readonly problems: readonly string[]
}

/**
 * Runs `scoreline verify --json` against the deployment configured by the environment: everything served is computed
 * again and compared bit for bit.
 */
export async function prove(environment: Readonly<Record<string, string>>): Promise<Proof> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'verify', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const killWithUs = () => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const [report, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  process.off('exit', killWithUs)
  return {
    report,
    problems: code === 0 ? [] : [`scoreline verify ended with ${code}: ${(report + errors).trim().slice(0, 2_000)}`],
  }
}
