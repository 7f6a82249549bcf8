/** A small world as the sink writes it: three customers of two salespeople. */
import { customerFeatures } from '../../features/customers/customer.ts'
import { visitFeatures } from '../../features/visits/visits.ts'
import { profiles } from '../../schemas/customers/profiles.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { deadLetters } from '../../schemas/platform/platform.ts'
import { alerts, type Alert } from '../../schemas/customers/alerts.ts'
import { assessments, type Assessment } from '../../schemas/visits/assessments.ts'
import { customerPlaces } from '../../schemas/visits/places.ts'
import { visitAssessments, type VisitAssessment } from '../../schemas/visits/visit-assessments.ts'
import { customerFeatures as featuresTopic } from '../../schemas/customers/customer-features.ts'
import type { Outlook } from '../../schemas/visits/outlook.ts'
import { priorities, type Priority } from '../../schemas/visits/priorities.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import type { Topic } from '../../schemas/topic.ts'
import { opportunities, reportOnly, visits } from '../../schemas/visits/visits.ts'
import type { Database } from '../../store/database.ts'
import { applyBatch } from '../../store/sink/sink.ts'
import { writerOf } from '../../subjects/subjects.ts'

export const NOW = Date.UTC(2026, 5, 15, 9)
const source = 'simulator'

export const people = [
  { id: 'c-1', name: '王秀英', text: '客户想了解经营贷款的利率，约好下周带材料再谈。' },
  { id: 'c-2', name: '李伟', text: '客户暂时没有资金需求，态度冷淡。' },
  { id: 'c-3', name: 'Nadja Petrova', text: 'Wants an offer for a credit line of 2 million until Friday.' },
] as const

export const scoreOf = (
  task: string,
  person: string,
  probability: number | null,
  at: number,
  more: Partial<Score> = {},
): Score => {
  const conversion = task === 'conversion'
  const features = conversion ? visitFeatures : customerFeatures
  return {
    id: `${task}/${person}/${at}`,
    occurredAt: at,
    source: `scoreline/${task}@1`,
    task,
    subjectId: conversion ? `o-${person}` : person,
    customerId: person,
    opportunityId: conversion ? `o-${person}` : null,
    salespersonId: conversion ? salespersonOf(person) : null,
    visitCount: conversion ? 3 : null,
    probability,
    modelId: probability === null ? null : 'model-1',
    absent: probability === null ? `No model is released for ${task} yet.` : null,
    featureSet: features.id,
    row: features.names.map((_, index) => (index === 1 ? Number.NaN : index)),
    text: conversion ? (people.find(({ id }) => id === person)?.text ?? '') : null,
    lineTimes: null,
    inputTopic: 'visits',
    inputPartition: 1,
    inputOffset: 7,
    featuresId: null,
    propensity: null,
    acted: null,
    ...more,
  }
}

export const salespersonOf = (person: string): string => (person === 'c-2' ? 's-2' : 's-1')

const outlookOf = (customerId: string, probability: number, index: number, at: number): Outlook => ({
  visitCount: customerId === 'c-3' ? 0 : 2,
  lastVisitAt: customerId === 'c-3' ? null : at - 9 * 86_400_000,
  trend: customerId === 'c-3' ? null : 0.12,
  probabilityAssumed: customerId === 'c-3',
  worthMinor: 20_000_000,
  worthFrom: 'told',
  currency: 'CNY',
  urgency: 1,
  expectedValueMinor: Math.round((index + 1) * probability * 10_000_000),
  reasons: customerId === 'c-3' ? ['Not visited yet.'] : ['Visited 2 times.', 'Worth 200,000 CNY.'],
  action: { code: 'visit-this-week', text: 'Visit this week, while the interest is fresh.' },
})

export const priorityOf = (
  scope: Priority['scope'],
  owner: string,
  persons: readonly string[],
  at = NOW,
): Priority => ({
  id: `priority/${scope}/${owner}/${at}`,
  occurredAt: at,
  source: 'scoreline/priority-merge@1',
  scope,
  owner,
  entries: persons.map((customerId, index) => ({
    opportunityId: `o-${customerId}`,
    customerId,
    salespersonId: salespersonOf(customerId),
    probability: 0.9 - index / 10,
    scoredAt: at,
    rank: index + 1,
    // The reverse of the order by probability.
    valueRank: persons.length - index,
    outlook: outlookOf(customerId, 0.9 - index / 10, index, at),
  })),
  openCount: persons.length + 4,
})

export const assessmentOf = (person: string, verdict: Assessment['verdict'], at = NOW): Assessment => ({
  id: `assessment/${person}/${at}`,
  occurredAt: at,
  source: 'scoreline/visit-assessment@1',
  opportunityId: `o-${person}`,
  customerId: person,
  salespersonId: salespersonOf(person),
  verdict,
  reasons: verdict === 'fine' ? [] : [{ code: 'VISIT_COUNT', text: '6 visits; the rule applies from 5 on.' }],
  visitCount: 6,
  probability: 0.12,
  policyVersion: 0,
})

export const visitAssessmentOf = (person: string, daysAgo: number, falseScore: number): VisitAssessment => ({
  id: `visit-assessment/${person}/${daysAgo}`,
  occurredAt: NOW - daysAgo * DAY_MS,
  source: 'scoreline/visit-verdicts@1',
  visitId: `v-${person}-${daysAgo}`,
  revision: 0,
  withdrawn: false,
  customerId: person,
  opportunityId: `o-${person}`,
  salespersonId: salespersonOf(person),
  visitedAt: NOW - daysAgo * DAY_MS,
  verdict: falseScore >= 0.5 ? 'suspected_false' : 'fine',
  falseScore,
  invalidScore: 0.1,
  evidence: [
    { kind: 'copied-text', score: 0.9, text: 'About 90 % of the report is in an earlier one.', with: 'v-c-2-7' },
  ],
  policyVersion: 0,
  modelId: null,
  reasons: [],
  visitCount: null,
  conversionProbability: null,
})

export const alertOf = (person: string, kind: Alert['kind'], raised: boolean, at = NOW): Alert => ({
  id: `alert/${kind}/${person}/${at}`,
  occurredAt: at,
  source: 'scoreline/loan-demand@1',
  kind,
  customerId: person,
  subjectId: person,
  raised,
  text: raised ? 'Estimated use of the credit line 81.0 %, threshold 60.0 %.' : 'No longer.',
  probability: 0.81,
  threshold: 0.6,
  reasons: [],
})

/** Stores the world through the sink; may be called once per database. */
export async function storeWorld(database: Database): Promise<void> {
  let offset = 0
  const store = async <T>(topic: Topic<T>, values: readonly T[]) => {
    const events = values.map((value) => ({ key: topic.keyOf(value), value, offset: offset++ }))
    await applyBatch(database, writerOf(topic as Topic), {
      topic: topic.name,
      partition: 0,
      from: 0,
      to: offset,
      events,
    })
  }
  await store(
    profiles,
    people.map(({ id, name }) => ({
      id: `profile/${id}`,
      occurredAt: NOW - 90 * DAY_MS,
      source,
      customerId: id,
      name,
      sex: 'female' as const,
      birthYear: 1980,
      registeredPlace: '上海',
      residence: '杭州',
      timeZone: 'Asia/Shanghai',
      segment: id === 'c-3' ? 'business' : 'retail',
      attributes: { occupation: 'shopkeeper' },
    })),
  )
  await store(
    featuresTopic,
    people.map(({ id }) => ({
      id: `features/${id}`,
      occurredAt: NOW,
      source,
      customerId: id,
      featureSet: customerFeatures.id,
      values: customerFeatures.names.map((_, index) => (index === 0 ? Number.NaN : index / 2)),
      timeZone: 'Asia/Shanghai',
    })),
  )
  await store(
    opportunities,
    people.map(({ id }, index) => ({
      id: `opportunity/${id}`,
      occurredAt: NOW - (30 - index) * DAY_MS,
      source,
      opportunityId: `o-${id}`,
      revision: 0,
      customerId: id,
      salespersonId: salespersonOf(id),
      teamId: 'team-1',
      product: 'working capital loan',
      stage: 'sale',
      status: 'open' as const,
      valueMinor: 120_000_00 * (index + 1),
      currency: 'CNY',
      plannedCloseAt: null,
    })),
  )
  await store(
    visits,
    people.flatMap(({ id, text }) =>
      [12, 7, 2].map((daysAgo) => ({
        id: `visit/${id}/${daysAgo}`,
        occurredAt: NOW - daysAgo * DAY_MS,
        source,
        visitId: `v-${id}-${daysAgo}`,
        revision: 0,
        withdrawn: false,
        opportunityId: `o-${id}`,
        customerId: id,
        salespersonId: salespersonOf(id),
        text,
        ...reportOnly,
        place: { latitude: 30.27, longitude: 120.15, accuracyM: null, ageS: null, mocked: null },
        checkInAt: NOW - daysAgo * DAY_MS,
        checkOutAt: NOW - daysAgo * DAY_MS + 2_400_000,
      })),
    ),
  )
  await store(scores, [
    ...people.flatMap(({ id }, person) =>
      [12, 7, 2].map((daysAgo, index) =>
        scoreOf('conversion', id, 0.35 + 0.2 * index - 0.1 * person, NOW - daysAgo * DAY_MS),
      ),
    ),
    ...people.map(({ id }, person) => scoreOf('loan-demand', id, 0.81 - 0.3 * person, NOW - person * 1_000)),
    scoreOf('call-conversion', 'c-1', null, NOW - 5_000),
  ])
  await store(priorities, [
    priorityOf('overall', 'all', ['c-1', 'c-3', 'c-2']),
    priorityOf('team', 'team-1', ['c-1', 'c-3', 'c-2']),
    priorityOf('salesperson', 's-1', ['c-1', 'c-3']),
    priorityOf('salesperson', 's-2', ['c-2']),
  ])
  await store(assessments, [assessmentOf('c-2', 'invalid'), assessmentOf('c-3', 'suspected_false', NOW - 1_000)])
  await store(visitAssessments, [visitAssessmentOf('c-2', 2, 0.7), visitAssessmentOf('c-1', 7, 0.2)])
  await store(customerPlaces, [
    {
      id: 'place/c-2',
      occurredAt: NOW - 20 * DAY_MS,
      source,
      placeId: 'p-1',
      revision: 0,
      withdrawn: false,
      customerId: 'c-2',
      name: 'head office',
      latitude: 30.5,
      longitude: 120.15,
      radiusM: 200,
      validFrom: null,
      validUntil: null,
    },
  ])
  await store(alerts, [
    alertOf('c-1', 'potential-loan-customer', true),
    alertOf('c-2', 'potential-loan-customer', true, NOW - 2_000),
    alertOf('c-2', 'potential-loan-customer', false, NOW - 1_000),
    alertOf('c-2', 'invalid-visits', true, NOW - 500),
  ])
  await store(deadLetters, [
    {
      id: 'letter-1',
      occurredAt: NOW,
      source: 'scoreline',
      processor: 'customer-features',
      topic: 'transactions',
      partition: 2,
      offset: 99,
      code: 'UNDECODABLE',
      message: 'The bytes do not match the schema that they name.',
      key: Buffer.from('c-1'),
      value: Buffer.alloc(3_000, 1),
    },
  ])
}
