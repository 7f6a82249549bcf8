import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Stated in docs/drift.md. */
const SHARE_MAX = 0.02

test('of three hundred streams without drift, however their rows hang together, at most two in a hundred raise an alarm', async () => {
  const { stdout } = await promisify(execFile)('node', [join(import.meta.dirname, 'no-drift-streams.ts')])
  const { each, alarmed } = JSON.parse(stdout) as { each: number; alarmed: Record<string, number> }
  const counts = Object.values(alarmed)
  expect(each * counts.length).toBe(300)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(SHARE_MAX * 300)
  for (const [kind, count] of Object.entries(alarmed)) expect({ kind, few: count <= 2 }).toEqual({ kind, few: true })
}, 180_000)
