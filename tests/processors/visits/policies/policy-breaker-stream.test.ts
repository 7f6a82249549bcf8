/**
 * Runs the circuit breaker on a real broker: consecutive holds reach the processors that give verdicts, and can be
 * verified.
 */
import { policyBreaker } from '../../../../processors/visits/policies/policy-breaker.ts'
import { visitAssessment } from '../../../../processors/visits/visit-assessment.ts'
import { scores } from '../../../../schemas/models/scores.ts'
import { message } from '../../../../schemas/topic.ts'
import { assessments, type Assessment } from '../../../../schemas/visits/assessments.ts'
import { policies } from '../../../../schemas/visits/policies.ts'
import { policyCounts } from '../../../../schemas/visits/policy-counts.ts'
import { policyHolds } from '../../../../schemas/visits/policy-holds.ts'
import { createStream, type StreamUnderTest } from '../../../streams/stream-under-test.ts'
import { verifyStream } from '../../../streams/verify-stream.ts'
import { waitFor } from '../../../support/services.ts'
import { score } from '../../scoring-fixtures.ts'
import { policyOf, strict } from './policy-fixtures.ts'

const processors = [visitAssessment, policyBreaker]
const VISITS = 40
let stream: StreamUnderTest

beforeAll(async () => {
  stream = await createStream(processors)
}, 60_000)
afterAll(() => stream.close())

test('a policy that flags nearly all is held within moments, its flags are taken back, and all can be verified', async () => {
  const engine = await stream.start()
  await stream.publish(
    Array.from({ length: VISITS }, (_, i) =>
      message(scores, score(1, 0.5, { id: `s${i}`, opportunityId: `o${i}`, customerId: `c${i}`, occurredAt: 0 })),
    ),
  )
  const counted = async () =>
    (await stream.readAll(policyCounts)).reduce((sum, { visits }) => sum + visits, 0) === VISITS
  await waitFor(counted, { what: 'all visits to be counted', timeoutMs: 30_000 })
  await stream.publish([message(policies, policyOf(1, strict))])
  const [hold] = await waitFor(
    async () => {
      const holds = await stream.readAll(policyHolds)
      return holds.length > 0 && holds
    },
    { what: 'a hold', timeoutMs: 30_000 },
  )
  expect(hold).toMatchObject({ heldVersion: 1, visits: VISITS, inForce: { version: 0 } })
  const lastOf = async () =>
    new Map((await stream.readAll(assessments)).map((one): [string, Assessment] => [one.opportunityId, one]))
  // Some visits may not have been flagged yet when the hold came.
  await waitFor(async () => [...(await lastOf()).values()].every(({ verdict }) => verdict === 'fine'), {
    what: 'the flags to be taken back',
    timeoutMs: 30_000,
  })
  await engine.stop()
  for (const processor of processors) {
    const { tasks, differences } = await verifyStream(stream, processor, { processors })
    expect(differences).toEqual([])
    expect(tasks.filter(({ gap }) => gap !== undefined)).toEqual([])
    const compared = tasks.reduce((sum, { messages }) => sum + messages.compared, 0)
    expect(compared).toBeGreaterThanOrEqual(processor === policyBreaker ? 2 : VISITS)
  }
}, 120_000)
