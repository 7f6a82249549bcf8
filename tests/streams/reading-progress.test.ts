import { createReadingProgress } from '../../streams/reading-progress.ts'

const at = (written: number, end: number | undefined, lastResponseAt: number | undefined) => ({
  written,
  end,
  lastResponseAt,
})

describe('how far a reader is', () => {
  test('nothing is reported before every topic is known', () => {
    const progress = createReadingProgress()
    expect(progress([at(5, 5, 100), at(0, undefined, undefined)])).toBeUndefined()
    expect(progress([at(5, 5, 200), at(0, 0, 150)])).toBe(150)
  })

  test('it is the moment whose ends are reached, however much arrives meanwhile', () => {
    const progress = createReadingProgress()
    expect(progress([at(0, 10, 100)])).toBeUndefined()
    // Under load the end keeps moving ahead.
    expect(progress([at(9, 50, 200)])).toBeUndefined()
    expect(progress([at(10, 90, 300)])).toBe(100)
    expect(progress([at(60, 120, 400)])).toBeUndefined()
    expect(progress([at(95, 150, 500)])).toBe(300)
  })

  test('it stops while the broker does not answer, or one topic can’t be read', () => {
    const progress = createReadingProgress()
    expect(progress([at(5, 5, 100), at(7, 7, 90)])).toBe(90)
    expect(progress([at(5, 5, 100), at(7, 7, 90)])).toBe(90)
    expect(progress([at(6, 6, 300), at(7, 9, 90)])).toBe(90)
    expect(progress([at(8, 8, 400), at(7, 9, 90)])).toBeUndefined()
  })
})
