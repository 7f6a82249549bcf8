/** Three cases as the processor writes them; acts on them take effect until `stop` is called. */
import { cases } from '../../../../../schemas/visits/cases.ts'
import type { Topic } from '../../../../../schemas/topic.ts'
import { caseFindings } from '../../../../../schemas/visits/case-findings.ts'
import type { VisitAssessment } from '../../../../../schemas/visits/visit-assessments.ts'
import { visits } from '../../../../../schemas/visits/visits.ts'
import type { Database } from '../../../../../store/database.ts'
import { carryCases, type CarriedCases } from '../../../../api/visits/carried-cases.ts'
import { assessmentOf, at, findingOf } from '../../../../processors/visits/cases/case-fixtures.ts'
import { visit } from '../../../../processors/scoring-fixtures.ts'
import { put } from '../../../../store/store-under-test.ts'

const MINUTE = 60_000
const place = (latitude: number, accuracyM: number) => ({
  ...{ latitude, longitude: 121.5, accuracyM, ageS: null, mocked: false },
})
const times = (day: number) => ({
  checkInAt: at(day) + 3 * MINUTE,
  checkOutAt: at(day) + 9 * MINUTE,
  enteredAt: at(day) + 600 * MINUTE,
  plannedFrom: at(day),
  plannedUntil: at(day) + 60 * MINUTE,
})
const evidence: VisitAssessment['evidence'] = [
  { kind: 'short-dwell', score: 0.4, text: 'The visit took 6 minutes.', with: null },
  { kind: 'copied-text', score: 0.9, text: 'About 90 % of the report is in another one (k0).', with: 'k0' },
]

export async function storeCases(database: Database): Promise<CarriedCases> {
  await put(database, visits, [
    visit('k0', -9, {
      ...{ customerId: 'c-8', text: '上午拜访了李总，客户想了解经营贷款的利率，另约时间。' },
      ...{ ...times(-9), place: place(31.3, 50) },
    }),
    visit('k1', 0, {
      ...{ customerId: 'c-9', text: '今天拜访了王总，客户想了解经营贷款的利率。' },
      ...{ ...times(0), place: place(31.2, 20) },
    }),
  ])
  const carried = carryCases(database)
  const finding = (visitId: string, changes: Partial<VisitAssessment>) => ({
    topic: caseFindings,
    value: findingOf(visitId, 0, {
      customerId: 'c-9',
      assessment: assessmentOf(visitId, 0, { customerId: 'c-9', evidence, ...changes }),
    }),
  })
  const inputs = [
    finding('k1', { falseScore: 0.9 }),
    finding('k2', { falseScore: 0.6, evidence: evidence.slice(0, 1) }),
    finding('k3', { verdict: 'invalid', falseScore: 0, invalidScore: 0.02, evidence: evidence.slice(0, 1) }),
  ]
  await carried.publish(inputs, [cases as Topic])
  return carried
}
