import { detector } from './detector.ts'

export const mockedPlace = detector({
  kind: 'mocked-place',
  group: 'visit',
  means: 'The device said that an app made its position up.',
  cannotKnow:
    'Whether the app had an honest purpose (a work profile, a navigation aid, a test phone). A hidden one is not told: `no-jitter` looks for its traces.',
  weights: { false: 0.6, invalid: 0 },
  parameters: {},
  *detect(visits) {
    for (const visit of visits) {
      const mocked = [visit.checkIn, visit.checkOut].filter((position) => position?.mocked === true).length
      if (mocked > 0)
        yield { visit, score: 1, text: 'The device marked its position as made up by an app.', with: null }
    }
  },
})
