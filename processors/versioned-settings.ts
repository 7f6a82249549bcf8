import { dictionaries } from '../schemas/recommendations/dictionary.ts'
import { policies } from '../schemas/visits/policies.ts'
import { thresholds } from '../schemas/loans/thresholds.ts'
import { catalogue, versionedSetting, type VersionedSetting } from '../schemas/platform/versioned-setting.ts'
import { defaultDictionary } from './recommendations/default-dictionary.ts'
import { defaultPolicy } from './visits/default-policy.ts'
import { loanDemand, LOAN_DEMAND_THRESHOLD } from './loans/loan-demand.ts'
import { processors } from './processors.ts'
import { recommendationsProcessor } from './recommendations/recommendations.ts'
import { RECOMMENDATION_THRESHOLD } from './recommendations/recommended.ts'

export const policySetting = versionedSetting({
  name: 'policy',
  path: '/policies',
  doc: 'What the visits of an opportunity are said to be: the first rule whose every condition holds decides (spec V5).',
  topic: policies,
  key: 'name',
  names: [defaultPolicy.name],
  defaults: new Map([[defaultPolicy.name, { rules: defaultPolicy.rules }]]),
  required: ['rules'],
})

export const thresholdSetting = versionedSetting({
  name: 'threshold',
  path: '/thresholds',
  doc: 'The probability above which a task raises its alert (spec L3).',
  topic: thresholds,
  key: 'task',
  names: processors.flatMap(({ task }) => task ?? []),
  defaults: new Map([
    [loanDemand.task!, { value: LOAN_DEMAND_THRESHOLD }],
    [recommendationsProcessor.task!, { value: RECOMMENDATION_THRESHOLD }],
  ]),
  unset: 'null: the task raises no alert.',
})

export const dictionary = catalogue({
  name: 'dictionary',
  topic: dictionaries,
  default: defaultDictionary,
  lists: {
    needs: { name: 'need', path: '/needs', doc: 'What customers want to have solved (spec R1).' },
    characteristics: {
      name: 'characteristic',
      path: '/characteristics',
      doc: 'Properties of products that answer needs, with what to say at each stage (spec R1, R5).',
      refuses(entry, { needs }) {
        const missing = entry.needs.filter((id) => needs.every((need) => need.id !== id))
        return missing.length === 0
          ? undefined
          : `There is no need ${missing.join(', ')}: add it first, or leave it out of the needs.`
      },
    },
  },
})

/** All versioned settings: an entry here brings its routes, storage and publishing. */
export const versionedSettings: readonly VersionedSetting[] = [
  policySetting,
  thresholdSetting,
  ...Object.values<VersionedSetting>(dictionary.lists),
]
