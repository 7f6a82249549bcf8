import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { random } from '../../models/random.ts'

const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'stop-'))

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends a training that would take many minutes', async (signal) => {
  const next = random(1)
  const rows = Array.from({ length: 3000 }, () => [...Array.from({ length: 20 }, () => next()), next() < 0.5 ? 1 : 0])
  const [data, out] = [join(folder, 'noise.csv'), join(folder, 'model')]
  writeFileSync(data, [[...Array.from({ length: 20 }, (_, at) => `x${at}`), 'y'], ...rows].join('\n'))
  const settings = ['trees=10000', 'earlyStoppingRounds=0', 'leavesMax=500', 'depthMax=12', 'leafRowsMin=1']
  const words = ['train', 'gbm', '--data', data, '--target', 'y', '--out', out]
  const training = spawn('node', [main, ...words, ...settings.flatMap((setting) => ['--set', setting])], {
    env: { ...process.env, DATA_DIRECTORY: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    const ended = once(training, 'exit')
    // Reading is over, and the computation begins.
    for await (const piece of training.stderr) if (String(piece).includes('3000 rows')) break
    training.kill(signal)
    expect(await ended).toEqual([null, signal])
    expect(existsSync(out)).toBe(false)
  } finally {
    training.kill('SIGKILL')
  }
})
