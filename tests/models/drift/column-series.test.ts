import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * docs/drift.md states at most two in a hundred; `node tests/models/drift/no-drift-streams.ts` checks with three
 * hundred.
 */
const SHARE_MAX = 0.02
const EACH = 5

test('of streams without drift, however their rows hang together, at most two in a hundred raise an alarm', async () => {
  const { stdout } = await promisify(execFile)('node', [join(import.meta.dirname, 'no-drift-streams.ts'), String(EACH)])
  const { each, alarmed } = JSON.parse(stdout) as { each: number; alarmed: Record<string, number> }
  const counts = Object.values(alarmed)
  expect(each * counts.length).toBe(75)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(SHARE_MAX * 75)
  for (const [kind, count] of Object.entries(alarmed)) expect({ kind, few: count <= 1 }).toEqual({ kind, few: true })
}, 180_000)
