/**
 * Run as `node commands/release-schemas.ts` after a change of a topic's schema, or of a processor's state or version: adds what is new to
 * schemas/released.ts and schemas/released-state.ts, or says why the change would leave events or state unreadable and exits with 1.
 */
import { writeFileSync } from 'node:fs'
import { release, sourceOf } from '../schemas/release.ts'
import { releaseState, stateSourceOf } from '../schemas/release-state.ts'
import { releasedSchemas } from '../schemas/released.ts'
import { releasedState } from '../schemas/released-state.ts'
import { topics } from '../schemas/topics.ts'
import { declaredState } from './declared-state.ts'

const { schemas, added, refusals } = release(releasedSchemas, topics)
const state = releaseState(releasedState, declaredState)

if (refusals.length > 0) {
  console.error(`Nothing is released, because readers and writers of different versions would not understand each other:`)
  for (const refusal of refusals) console.error(`  ${refusal}`)
  console.error(
    'Add fields with a default and leave the others as they are; for a change of meaning take a new field or a new topic.',
  )
  process.exitCode = 1
} else if (state.refusals.length > 0) {
  console.error('Nothing is released, because stored state would not be understood:')
  for (const refusal of state.refusals) console.error(`  ${refusal}`)
  console.error(
    'Raise the `version` of the processor, so that its state is rebuilt from the inputs; or add fields with a default and leave the others as they are.',
  )
  process.exitCode = 1
} else {
  for (const { id, subject, version } of added) console.log(`${subject} version ${version} is released under id ${id}.`)
  for (const { processor, version, kind, revision } of state.added)
    console.log(`Revision ${revision} of the records ${kind} of ${processor}@${version} is released.`)
  if (added.length + state.added.length === 0) console.log('Everything is released already.')
  writeFileSync(new URL('../schemas/released.ts', import.meta.url), sourceOf(schemas))
  writeFileSync(new URL('../schemas/released-state.ts', import.meta.url), stateSourceOf(state.formats))
}
