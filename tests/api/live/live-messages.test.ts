import { Compile } from 'typebox/schema'
import { messageOf, messageSchema, withNames } from '../../../api/live/live-messages.ts'
import { openedBy } from '../../../processors/visits/cases/case-changes.ts'
import { alerts } from '../../../schemas/customers/alerts.ts'
import { scores } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { assessments } from '../../../schemas/visits/assessments.ts'
import { cases, type Case } from '../../../schemas/visits/cases.ts'
import { visitAssessments } from '../../../schemas/visits/visit-assessments.ts'
import { priorities } from '../../../schemas/visits/priorities.ts'
import { liveTopics } from '../../../subjects/subjects.ts'
import { findingOf } from '../../processors/visits/cases/case-fixtures.ts'
import { alertOf, assessmentOf, NOW, priorityOf, scoreOf, visitAssessmentOf } from '../stored-world.ts'

const { caseState } = openedBy(findingOf('v1', 0))
const { status, reviewer, decision, claim } = caseState
const opened: Case = {
  ...caseState,
  ...{ id: 'opened', occurredAt: NOW, source: 'test', customerId: 'c-1', step: 0 },
  change: {
    ...{ kind: 'opened', actId: null, by: null, note: null, refusal: null, before: null },
    after: { status, reviewer, decision, claim },
  },
}

const published = [
  { topic: scores as Topic, value: scoreOf('conversion', 'c-1', null, NOW) },
  { topic: priorities as Topic, value: priorityOf('overall', 'all', ['c-1', 'c-2']) },
  { topic: assessments as Topic, value: assessmentOf('c-1', 'invalid') },
  { topic: visitAssessments as Topic, value: visitAssessmentOf('c-1', 2, 0.7) },
  { topic: cases as Topic, value: opened },
  { topic: alerts as Topic, value: alertOf('c-1', 'potential-loan-customer', true) },
]

test('there is an example of each topic', () =>
  expect(published.map(({ topic }) => topic.name).sort()).toEqual(liveTopics.map(({ name }) => name).sort()))

test.each(published)('a message of $topic.name matches its description', ({ topic, value }) => {
  const validator = Compile(messageSchema(topic) as never)
  const named = withNames(messageOf({ topic, value }), (id) => (id === 'c-1' ? 'Nadja' : null))
  expect(validator.Errors(named)[1]).toEqual([])
  expect(validator.Check(messageOf({ topic, value }).data)).toBe(false)
})
