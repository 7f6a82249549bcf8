import { featureSets } from '../subjects/subjects.ts'
/** Writes docs/features.md from the definitions in features/. Run as `node generators/document-features.ts`. */
import { writeFileSync } from 'node:fs'
import { catalogueOf } from '../features/catalogue.ts'
import type { DescribedFeatures } from '../features/feature-set.ts'
import { DAY_MS } from '../schemas/durations.ts'
import { GRACE_MS } from '../schemas/topic.ts'

const catalogue = catalogueOf(featureSets)

export function featuresPage(): string {
  return `# Features

<!-- Written by \`node generators/document-features.ts\` from the definitions in features/. -->

A feature is defined once, and the live stream, the backfill and the training set all read it from there. A row holds these numbers as
Float32 in this order, as known at the latest event time of its customer or opportunity. A row is bound to its set's name and version: models
refuse any other.

- **Unknown** is NaN: a mean of nothing, the time since something that never happened, a ratio without a divisor. Counts and sums are 0
  until there is something to count.
- **Order of arrival** does not matter: shuffled events give the same numbers as sorted ones, to 1e-9. Last values go by event time; of several at the same
  instant the largest counts. A late event counts where it belongs, however late it is;
  only the memory of event ids, which detects repeated events, ends with the grace of its topic (${GRACE_MS / DAY_MS} days).
- **Windows** (24h, 7d, 30d) begin at a whole hour or a whole day of UTC, so they are longer than their name by less than an hour (24h) or a day (7d, 30d).
- **Half-lives** (1h, 24h, 30d): an amount loses half of its weight in that time; a late event gets the weight that it would have had on time.
- **Local hours** are those of the time zone in the customer's profile, by its offset at the row's time.
- **Money** is added in minor units as the events carry it, without conversion: \`transactions.currencies\` shows whether several are mixed.
- **Protected** features must not be used for lending in many jurisdictions; a deployment can switch them off.

${featureSets.map(section).join('\n\n')}
`
}

function section({ id, descriptions }: DescribedFeatures): string {
  const own = catalogue.filter(({ featureSet }) => featureSet === id)
  const others = new Set(
    catalogue
      .filter(({ name, featureSet }) => featureSet !== id && descriptions.some((one) => one.name === name))
      .map(({ featureSet }) => featureSet),
  )
  const rows = own.map(({ name, meaning, unit, sources, protected: isProtected }) => {
    return `| ${name} | ${cell(meaning)}${isProtected === true ? ' (protected)' : ''} | ${unit} | ${sources.map((source) => `\`${source}\``).join(', ')} |`
  })
  return [
    `## ${id}`,
    `${descriptions.length} numbers${others.size === 0 ? '' : `: those of ${[...others].join(' and ')}, then ${own.length} of its own`}.`,
    ['| name | meaning | unit | made from |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) writeFileSync(new URL('../docs/features.md', import.meta.url), featuresPage())
