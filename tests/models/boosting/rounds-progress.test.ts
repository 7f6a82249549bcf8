import { roundsProgress } from '../../../models/boosting/rounds-progress.ts'

/** Folds that stop at these numbers of trees, then the final training: returns each round's share of all, and shown. */
function shown(folds: readonly number[], final: number) {
  const shares: number[] = []
  const step = roundsProgress(1000, true, (done, of) => shares.push(done / of))
  folds.forEach((most, part) => {
    for (let trees = 1; trees <= most; trees++) step.foldRound(part, folds.length, trees, 0.5)
  })
  for (let trees = 1; trees <= final; trees++) step.finalRound(trees, final)
  step.end()
  return shares.map((share, round) => ({ share, passed: (round + 1) / shares.length }))
}

test.each([
  ['few trees', [60, 70, 65, 60, 80], 45],
  ['usual trees', [150, 130, 170, 140, 160], 150],
  ['many trees', [600, 700, 650, 620, 680], 780],
  ['a single fold', [200], 170],
])('the progress of %s is true within a third of all rounds', (_, folds, final) => {
  for (const { share, passed } of shown(folds, final)) expect(Math.abs(share - passed)).toBeLessThan(1 / 3)
})

test('without early stopping every tree counts', () => {
  const shares: number[] = []
  const step = roundsProgress(100, false, (done, of) => shares.push(done / of))
  for (let trees = 1; trees <= 100; trees++) step.finalRound(trees, 100)
  expect(shares[24]).toBeCloseTo(0.25, 12)
})
