/**
 * Run as `node open-damaged.ts FOLDER COUNT`: opens that many copies of the store in the folder, each with different
 * flipped bits, and prints the results. A program of its own, since damage may end the process that reads it.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { random, randomInteger } from '../../../models/random.ts'
import { openStore } from '../../../streams/state/open-store.ts'
import { StoreDamagedError } from '../../../streams/state/store-errors.ts'

const [folder, count] = process.argv.slice(2) as [string, string]
const FLIPPED_MAX = 64
const tally: Record<string, number> = {}
for (let seed = 1; seed <= Number(count); seed++) {
  const next = random(seed)
  const copy = `${folder}-${seed}`
  cpSync(folder, copy, { recursive: true })
  const file = join(copy, 'data.mdb')
  const bytes = readFileSync(file)
  for (let flips = randomInteger(next, FLIPPED_MAX) + 1; flips > 0; flips--)
    bytes[randomInteger(next, bytes.length)]! ^= 1 << randomInteger(next, 8)
  writeFileSync(file, bytes)
  let outcome = 'opened'
  try {
    await (await openStore(copy, '1:9')).close()
  } catch (error) {
    outcome = error instanceof StoreDamagedError ? 'damaged' : `${(error as Error).message}`
  }
  tally[outcome] = (tally[outcome] ?? 0) + 1
  rmSync(copy, { recursive: true, force: true })
}
console.log(JSON.stringify(tally))
