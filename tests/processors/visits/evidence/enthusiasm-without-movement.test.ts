import { enthusiasmWithoutMovement } from '../../../../processors/visits/evidence/enthusiasm-without-movement.ts'
import { at, facts, scores } from './facts.ts'

const visits = (probabilities: readonly (number | null)[], text = '客户非常满意，意向强烈。') =>
  probabilities.map((probability, i) =>
    facts(`v${i}`, { occurredAt: at(`9:00+${i}`), opportunityId: 'o', probability, text }),
  )

test('three in a row, and nothing moves', () => {
  expect(scores(enthusiasmWithoutMovement, visits([0.11, 0.12, 0.11, 0.12]))).toEqual({ v2: 1, v3: 1 })
})
test.each([
  ['the probability moves', visits([0.05, 0.12, 0.2])],
  ['it is high', visits([0.8, 0.81, 0.8])],
  ['it is not known', visits([null, null, null])],
  ['the reports are sober', visits([0.11, 0.12, 0.11], '客户说再看看，价格偏高。')],
])('none where %s', (_, made) => expect(scores(enthusiasmWithoutMovement, made)).toEqual({}))
