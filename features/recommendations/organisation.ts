import { stages, type Stage } from '../../schemas/recommendations/dictionary.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { DescribedFeatures, FeatureDescription, Numbers } from '../feature-set.ts'
import { bucketOf } from '../hashed-names.ts'
import { bought, interestsOf, PRODUCT_BUCKETS, type OrganisationView } from './organisation-state.ts'
import type { BucketNames } from '../reasons.ts'
import { latestOf } from './stage.ts'

/** Input of a row. */
export interface OrganisationRow extends OrganisationView {
  readonly stage: Stage
}

type Fill = (of: OrganisationRow, at: number, row: Numbers, start: number) => void

/** Adjacent numbers of the row, written together. */
interface Block {
  readonly features: readonly FeatureDescription[]
  readonly fill: Fill
  /** Names that are hashed into the block; absent if it is not hashed. */
  readonly names?: (of: OrganisationView) => readonly string[]
  /** Whether the hashed names are those of products. */
  readonly ofProducts?: boolean
}

const described = (name: string, meaning: string, unit: string, sources: readonly string[]): FeatureDescription => ({
  name: `organisation.${name}`,
  meaning,
  unit,
  sources,
})

function one(
  name: string,
  meaning: string,
  unit: string,
  from: string,
  value: (of: OrganisationRow, at: number) => number,
): Block {
  const fill: Fill = (of, at, row, start) => void (row[start] = value(of, at))
  return { features: [described(name, meaning, unit, [from])], fill }
}

interface Hashed {
  readonly name: string
  readonly meaning: string
  /** Words that precede the names in a reason. */
  readonly words: string
  readonly unit: string
  readonly buckets: number
  readonly from: string
  readonly names: (of: OrganisationView) => readonly string[]
  /** Whether to count as a share of the active contact persons. */
  readonly share?: boolean
  readonly ofProducts?: boolean
}

const hashedFeatures = ({ name, meaning, words, unit, buckets, from }: Omit<Hashed, 'names'>): FeatureDescription[] =>
  Array.from({ length: buckets }, (_, bucket) => ({
    ...described(`${name}${bucket}`, `${meaning}, group ${bucket} of ${buckets}`, unit, [from]),
    hashed: words,
  }))

/** Creates a block of counts of names by their hash. */
function hashed(definition: Hashed): Block {
  const { buckets, names, share, ofProducts = false } = definition
  return {
    features: hashedFeatures(definition),
    names,
    ofProducts,
    fill(of, _at, row, start) {
      const unit = share === true ? 1 / Math.max(1, activeContacts(of).length) : 1
      for (let bucket = 0; bucket < buckets; bucket++) row[start + bucket] = 0
      for (const each of names(of)) row[start + bucketOf(each, buckets)]! += unit
    },
  }
}

const toList = (name: string | null): readonly string[] => (name === null ? [] : [name])
const activeContacts = ({ contacts }: OrganisationView) => contacts.filter(({ active }) => active)
const countWithStatus = ({ opportunities }: OrganisationView, wanted: string) =>
  opportunities.reduce((count, { status }) => count + (status === wanted ? 1 : 0), 0)
const daysSince = (at: number, then: number | undefined) => (then === undefined ? Number.NaN : (at - then) / DAY_MS)
const seniorities = ['junior', 'senior', 'manager', 'director'] as const

const blocks: readonly Block[] = [
  {
    features: stages.map((stage) =>
      described(`stage${capitals(stage)}`, `Stage of the talks: ${stage}`, '1 or 0', [
        'opportunities.stage',
        'opportunities.status',
      ]),
    ),
    fill(of, _at, row, start) {
      for (let place = 0; place < stages.length; place++) row[start + place] = stages[place] === of.stage ? 1 : 0
    },
  },
  one(
    'employees',
    'Natural logarithm of 1 + number of employees',
    'logarithm',
    'organisations.employees',
    ({ organisation }) => (organisation.employees === null ? Number.NaN : Math.log1p(organisation.employees)),
  ),
  one(
    'daysSinceChanged',
    'Time since the latest update of the organisation',
    'days',
    'organisations.occurredAt',
    ({ organisation }, at) => daysSince(at, organisation.occurredAt),
  ),
  hashed({
    name: 'field',
    meaning: 'Field of activity',
    words: 'Field of activity',
    unit: '1 or 0',
    buckets: 16,
    from: 'organisations.fieldOfActivity',
    names: (of) => toList(of.organisation.fieldOfActivity),
  }),
  hashed({
    name: 'segment',
    meaning: 'Segment',
    words: 'Segment',
    unit: '1 or 0',
    buckets: 8,
    from: 'organisations.segment',
    names: (of) => toList(of.organisation.segment),
  }),
  hashed({
    name: 'region',
    meaning: 'Region',
    words: 'Region',
    unit: '1 or 0',
    buckets: 16,
    from: 'organisations.region',
    names: (of) => toList(of.organisation.region),
  }),
  hashed({
    name: 'attribute',
    meaning: 'Other attributes',
    words: 'Attributes like',
    unit: 'attributes',
    buckets: 16,
    from: 'organisations.attributes',
    names: ({ organisation }) => Object.entries(organisation.attributes).map(([name, value]) => `${name}: ${value}`),
  }),
  one('contacts', 'Number of active contact persons', 'people', 'contacts.active', (of) => activeContacts(of).length),
  one(
    'contactsLeft',
    'Number of contact persons who have left',
    'people',
    'contacts.active',
    (of) => of.contacts.length - activeContacts(of).length,
  ),
  one(
    'daysSinceContact',
    'Time since the latest update of a contact person',
    'days',
    'contacts.occurredAt',
    ({ contacts }, at) =>
      daysSince(
        at,
        contacts.reduce<number | undefined>(
          (newest, { occurredAt }) => Math.max(newest ?? occurredAt, occurredAt),
          undefined,
        ),
      ),
  ),
  hashed({
    name: 'role',
    meaning: 'Contact persons of a role',
    words: 'Contact persons in the role',
    unit: 'people',
    buckets: 16,
    from: 'contacts.role',
    names: (of) => activeContacts(of).flatMap(({ role }) => toList(role)),
  }),
  ...seniorities.map((wanted) =>
    one(`${wanted}s`, `Contact persons who are ${wanted}`, 'people', 'contacts.seniority', (of) =>
      activeContacts(of).reduce((count, { seniority }) => count + (seniority === wanted ? 1 : 0), 0),
    ),
  ),
  one('interests', 'Average number of interests per contact person', 'interests', 'contacts.interests', (of) => {
    const contacts = activeContacts(of)
    return contacts.reduce((count, contact) => count + interestsOf(contact).length, 0) / contacts.length
  }),
  hashed({
    name: 'interest',
    meaning: 'Share of contact persons with an interest',
    words: 'Contact persons interested in',
    unit: 'share',
    buckets: 64,
    from: 'contacts.categories',
    names: (of) => activeContacts(of).flatMap(interestsOf),
    share: true,
  }),
  ...(['open', 'won', 'lost'] as const).map((status) =>
    one(`${status}Opportunities`, `Opportunities that are ${status}`, 'opportunities', 'opportunities.status', (of) =>
      countWithStatus(of, status),
    ),
  ),
  hashed({
    name: 'talkedOf',
    meaning: 'Product of the newest opportunity',
    words: 'The latest talks are about',
    unit: '1 or 0',
    buckets: PRODUCT_BUCKETS,
    from: 'opportunities.product',
    names: ({ opportunities }) => toList(latestOf(opportunities)?.product ?? null),
    ofProducts: true,
  }),
  one('bought', 'Products bought', 'products', 'purchases.quantity', (of) => of.bought?.[bought.count] ?? 0),
  one('spent', 'Natural logarithm of 1 + total purchases', 'logarithm of minor units', 'purchases.amountMinor', (of) =>
    Math.log1p(Math.max(0, of.bought?.[bought.spent] ?? 0)),
  ),
  one('daysSinceBought', 'Time since the latest purchase', 'days', 'purchases.occurredAt', (of, at) =>
    daysSince(at, of.bought?.[bought.latest]),
  ),
  {
    features: hashedFeatures({
      name: 'bought',
      meaning: 'Products bought',
      words: 'Bought so far of',
      unit: 'products',
      buckets: PRODUCT_BUCKETS,
      from: 'purchases.product',
    }),
    ofProducts: true,
    fill(of, _at, row, start) {
      for (let bucket = 0; bucket < PRODUCT_BUCKETS; bucket++)
        row[start + bucket] = of.bought?.[bought.products + bucket] ?? 0
    },
  },
]

const descriptions = blocks.flatMap(({ features }) => features)
const starts = blocks.map((_, block) => blocks.slice(0, block).reduce((sum, { features }) => sum + features.length, 0))

/**
 * Features of an organisation that is a customer: its attributes, its contact persons and their interests, the stage of
 * the talks, and its purchases. Names of fields, segments, regions, roles, interests and products are hashed.
 */
export const organisationFeatures: DescribedFeatures & {
  /** `at`: the latest event time in the row, ms. */
  row(of: OrganisationRow, at: number, row: Numbers): void
} = {
  id: 'organisation@1',
  names: descriptions.map(({ name }) => name),
  descriptions,
  row(of, at, row) {
    for (let block = 0; block < blocks.length; block++) blocks[block]!.fill(of, at, row, starts[block]!)
  },
}

/** Replaces the stage in a row of these features. */
export function setStage(row: Numbers, stage: Stage): void {
  for (let place = 0; place < stages.length; place++) row[place] = stages[place] === stage ? 1 : 0
}

/**
 * Returns the names behind the hashed features, by feature, among these organisations and products. People read names,
 * not bucket numbers.
 */
export function bucketNames(organisations: readonly OrganisationView[], products: readonly string[]): BucketNames {
  const result = new Map<string, Set<string>>()
  for (const { features, names, ofProducts } of blocks) {
    const all = ofProducts === true ? products : organisations.flatMap((of) => names?.(of) ?? [])
    for (const name of all) {
      const feature = features[bucketOf(name, features.length)]!.name
      const known = result.get(feature)
      if (known === undefined) result.set(feature, new Set([name]))
      else known.add(name)
    }
  }
  return new Map([...result].map(([feature, names]) => [feature, [...names]]))
}

function capitals(words: string): string {
  return words.replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())
}
