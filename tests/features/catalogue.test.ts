import { catalogueOf } from '../../features/catalogue.ts'
import { featureSets, topicNamed } from '../../subjects/subjects.ts'

const catalogue = catalogueOf(featureSets)

test('the catalogue names each feature once, with its meaning, and refers to fields that exist', () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length)
  for (const { name, meaning, unit, sources } of catalogue) {
    expect([name, meaning.length > 2, unit.length > 0, sources.length > 0]).toEqual([name, true, true, true])
    for (const source of sources) {
      const [topic, field] = source.split('.') as [string, string]
      expect(Object.keys(topicNamed(topic)?.schema.fields ?? {})).toContain(field)
    }
  }
})

test.each([
  ['total spend', 'transactions.spent'],
  ['purchase frequency', 'purchases.meanGapDays'],
  ['recency', 'purchases.daysSinceLast'],
  ['average spend', 'purchases.spentMean'],
  ['usual category', 'purchases.usualCategoryShare'],
  ['usual channel', 'purchases.usualChannelShare'],
  ['clicks', 'interactions.clicks'],
  ['browse time', 'interactions.browseTime'],
  ['campaigns joined', 'interactions.campaignsJoined'],
  ['call duration', 'calls.durationMean'],
  ['speed of mail answers', 'interactions.mailAnswerTimeMean'],
  ['service rating', 'calls.satisfactionMean'],
  ['most used channel', 'interactions.usualChannelShare'],
  ['average response time', 'interactions.responseTimeMean'],
  ['hour of answered calls', 'calls.answeredUsualHour'],
  ['page-open rate', 'interactions.pageOpenRate'],
  ['participation', 'interactions.participation'],
  ['cumulative usage', 'creditLines.usage'],
])('C3, L2: %s is there', (_, name) => {
  expect(catalogue.map((feature) => feature.name)).toContain(name)
})
