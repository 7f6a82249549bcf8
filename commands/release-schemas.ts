/**
 * Run as `node commands/release-schemas.ts` after a change of a topic's schema: adds the new version to schemas/released.ts, or says
 * why the change would leave events unreadable and exits with 1.
 */
import { writeFileSync } from 'node:fs'
import { release, sourceOf } from '../schemas/release.ts'
import { releasedSchemas } from '../schemas/released.ts'
import { topics } from '../schemas/topics.ts'

const { schemas, added, refusals } = release(releasedSchemas, topics)
if (refusals.length > 0) {
  console.error(`Nothing is released, because readers and writers of different versions would not understand each other:`)
  for (const refusal of refusals) console.error(`  ${refusal}`)
  console.error(
    'Add fields with a default and leave the others as they are; for a change of meaning take a new field or a new topic.',
  )
  process.exitCode = 1
} else {
  for (const { id, subject, version } of added) console.log(`${subject} version ${version} is released under id ${id}.`)
  if (added.length === 0) console.log('Every schema is released already.')
  writeFileSync(new URL('../schemas/released.ts', import.meta.url), sourceOf(schemas))
}
