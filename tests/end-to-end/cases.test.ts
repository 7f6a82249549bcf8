import { startOutbox } from '../../composition/outbox.ts'
import { verifyServed } from '../../composition/verify/verify-served.ts'
import { reviews } from '../../composition/visits/reviews.ts'
import { alertLimits } from '../../processors/visits/cases/alert-limits.ts'
import { caseFindingsProcessor } from '../../processors/visits/cases/case-findings.ts'
import { caseRulesSetting } from '../../processors/visits/cases/case-rules-setting.ts'
import { VISIT_CASES } from '../../processors/visits/cases/default-case-rules.ts'
import { visitCases } from '../../processors/visits/cases/visit-cases.ts'
import type { Topic } from '../../schemas/topic.ts'
import { visitAssessments, type VisitAssessment } from '../../schemas/visits/visit-assessments.ts'
import { listAlerts } from '../../store/customers/alerts.ts'
import { setSetting } from '../../store/versioned-settings.ts'
import { actsOfCase, caseOf } from '../../store/visits/cases.ts'
import { sendCaseActs, type ActRequest } from '../../store/visits/send-case-acts.ts'
import { assessmentOf } from '../processors/visits/cases/case-fixtures.ts'
import { waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

let deployment: Deployment
beforeAll(async () => void (deployment = await deploy()))
afterAll(() => deployment.close())

const assessment = (number: number, changes: Partial<VisitAssessment> = {}): VisitAssessment => ({
  ...assessmentOf(`v${number}`, 0, { customerId: `c${number}` }),
  ...{ id: `assessed/${number}/${JSON.stringify(changes)}`, occurredAt: Date.now(), visitedAt: Date.now() },
  ...changes,
})

test('from the assessment to the decision of two people: nothing is lost or doubled, and all of it can be proved', async () => {
  const { database, publisher, context } = deployment
  const value = { ...caseRulesSetting.defaults.get(VISIT_CASES)!, secondPerson: true, alertsPerSalespersonPerDay: 2 }
  await setSetting(database, caseRulesSetting, { key: VISIT_CASES, value, changedBy: 'li', expectedVersion: 0 })
  const outbox = await startOutbox(context)
  const sent = () => database.selectFrom('outbox').select('id').where('publishedAt', 'is', null).execute()
  await waitFor(async () => (await sent()).length === 0, { what: 'the rules on their way', timeoutMs: 60_000 })
  await deployment.start()
  const decide = async (by: string, revision: number, changes: Partial<ActRequest> = {}) => {
    const act = { visitId: 'v1', revision, kind: 'decide', by, to: null, decision: 'dismissed', claim: null } as const
    const rules = { refusalOf: reviews.refusalOf, assignedMax: 9, now: Date.now(), waitMs: 30_000 }
    const [result] = await sendCaseActs(database, [{ ...act, note: `because, says ${by}`, ...changes }], rules)
    return result
  }
  try {
    const first = [1, 2, 3].map((number) => assessment(number))
    await publisher.publish(visitAssessments as Topic, [...first, ...first])
    // The third visit of the salesperson waits for the daily limit.
    await waitFor(async () => (await listAlerts(database, { raised: true }, { limit: 9 })).length === 2, {
      what: 'two alerts',
      timeoutMs: 60_000,
    })
    await waitFor(async () => (await caseOf(database, 'v1'))?.alert !== undefined, {
      what: 'the case with its alert',
      timeoutMs: 60_000,
    })
    const told = (await listAlerts(database, { raised: true }, { limit: 9 })).map(({ subjectId }) => subjectId)
    expect(told).toHaveLength(2)

    expect(await decide('li', 0)).toMatchObject({ state: 'done', held: { status: 'proposed', proposedBy: 'li' } })
    expect(await decide('li', 1)).toMatchObject({ state: 'refused', refusal: { problem: 'illegal' } })
    expect(await decide('wang', 0)).toMatchObject({ state: 'refused', refusal: { problem: 'stale' } })
    expect(await decide('wang', 1)).toMatchObject({ state: 'done', held: { status: 'decided', decision: 'dismissed' } })
    await publisher.publish(visitAssessments as Topic, [
      assessment(2, { verdict: 'fine', falseScore: 0, evidence: [] }),
    ])
    await waitFor(async () => (await caseOf(database, 'v2'))?.status === 'withdrawn', {
      what: 'the withdrawn case',
      timeoutMs: 60_000,
    })
    await deployment.untilCaughtUp()

    expect(
      (await listAlerts(database, { raised: true }, { limit: 9 })).filter(({ subjectId }) => subjectId !== 'v3'),
    ).toEqual([])
    expect(
      (await actsOfCase(database, 'v1', 9))
        .map(({ act, after }) => `${act}: ${after.status}`)
        .filter((one) => one !== 'alerted: open'),
    ).toEqual(['opened: open', 'decide: proposed', 'decide: decided'])
    const named = [caseFindingsProcessor, alertLimits, visitCases].map(({ name }) => name)
    const {
      ok,
      processors,
      database: rows,
    } = await verifyServed(context, { database: true, allowGaps: false, processors: named })
    for (const name of named) {
      expect(processors[name]!.differences).toEqual([])
      expect(processors[name]!.messages.compared).toBeGreaterThan(1)
    }
    expect(rows!.differences).toEqual([])
    expect(rows!.tables['case_acts']!.compared).toBeGreaterThanOrEqual(6)
    expect(ok).toBe(true)
  } finally {
    await outbox.stop()
  }
}, 180_000)
