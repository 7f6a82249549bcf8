import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

test('threads and processes that end within calls of ONNX Runtime do not abort the process', () => {
  const script = join(import.meta.dirname, 'end-within-calls.ts')
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  expect({ status, signal, stdout, stderr }).toEqual({ status: 7, signal: null, stdout: 'out of time\n', stderr: '' })
}, 60_000)
