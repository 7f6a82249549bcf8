import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function outcomeOf(script: string, timeout?: number, ...words: readonly string[]) {
  const path = join(import.meta.dirname, script)
  const options = { encoding: 'utf8', timeout, killSignal: 'SIGKILL' } as const
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [path, ...words], options)
  return { status, signal, stdout, stderr }
}

test('threads and processes that end within calls of ONNX Runtime do not abort the process', () => {
  expect(outcomeOf('end-within-calls.ts')).toEqual({ status: 7, signal: null, stdout: 'out of time\n', stderr: '' })
}, 60_000)

test('a call that waits for the end of a thread holds up neither other calls of its thread nor that end', () => {
  const stdout = 'both calls ended\nits thread is ended\n'
  expect(outcomeOf('call-while-ending.ts', 25_000)).toEqual({ status: 0, signal: null, stdout, stderr: '' })
}, 60_000)

test('threads and processes that end within the transaction of a checkpoint do not hang', () => {
  const outcome = outcomeOf('end-within-checkpoints.ts', 20_000, mkdtempSync(join(tmpdir(), 'stores-')))
  expect(outcome).toEqual({ status: 7, signal: null, stdout: 'leaves two threads\n', stderr: '' })
}, 60_000)
