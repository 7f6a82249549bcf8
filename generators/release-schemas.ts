/**
 * Adds changes to schemas/release/released.ts, schemas/release/released-state.ts and
 * features/release/released-features.ts, or reports what they would break and exits with 1. Run as `node
 * generators/release-schemas.ts` after a change of a topic's schema, of a processor's state or version, or of a feature
 * set.
 */
import { writeFileSync } from 'node:fs'
import { featureSets, topics } from '../subjects/subjects.ts'
import { featuresSourceOf, releaseFeatures } from '../features/release/release-features.ts'
import { releasedFeatures } from '../features/release/released-features.ts'
import { release, sourceOf } from '../schemas/release/release.ts'
import { releaseState, stateSourceOf } from '../schemas/release/release-state.ts'
import { releasedSchemas } from '../schemas/release/released.ts'
import { releasedState } from '../schemas/release/released-state.ts'
import { declaredState } from '../composition/declared-state.ts'

const events = release(releasedSchemas, topics)
const state = releaseState(releasedState, declaredState)
const features = releaseFeatures(releasedFeatures, featureSets)

const refused = [
  {
    refusals: events.refusals,
    why: 'readers and writers of different versions would not understand each other',
    cure: 'Add fields with a default and leave the others as they are; for a change of meaning take a new field or a new topic.',
  },
  {
    refusals: state.refusals,
    why: 'stored state would not be understood',
    cure: 'Raise the `version` of the processor, so that its state is rebuilt from the inputs; or add fields with a default and leave the others as they are.',
  },
  {
    refusals: features.refusals,
    why: 'models and served rows are bound to what the numbers are',
    cure: 'Raise the version of the set, and train models on it.',
  },
].filter(({ refusals }) => refusals.length > 0)

for (const { refusals, why, cure } of refused) {
  console.error(`Nothing is released, because ${why}:`)
  for (const refusal of refusals) console.error(`  ${refusal}`)
  console.error(cure)
  process.exitCode = 1
}

if (refused.length === 0) {
  for (const { id, subject, version } of events.added)
    console.log(`${subject} version ${version} is released under id ${id}.`)
  for (const { processor, version, kind, revision } of state.added)
    console.log(`Revision ${revision} of the records ${kind} of ${processor}@${version} is released.`)
  for (const { id } of features.added) console.log(`The features ${id} are released.`)
  if (events.added.length + state.added.length + features.added.length === 0)
    console.log('Everything is released already.')
  writeFileSync(new URL('../schemas/release/released.ts', import.meta.url), sourceOf(events.schemas))
  writeFileSync(new URL('../schemas/release/released-state.ts', import.meta.url), stateSourceOf(state.formats))
  writeFileSync(new URL('../features/release/released-features.ts', import.meta.url), featuresSourceOf(features.sets))
}
