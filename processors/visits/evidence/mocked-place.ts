import { detector } from './detector.ts'

export const mockedPlace = detector({
  kind: 'mocked-place',
  group: 'visit',
  means: 'The device reported that an app had made up its position.',
  cannotKnow:
    'Whether the app had a legitimate purpose (a work profile, a navigation aid, a test phone). An app that hides itself is not reported: `no-jitter` looks for its traces.',
  weights: { false: 0.6, invalid: 0 },
  parameters: {},
  *detect(visits) {
    for (const visit of visits) {
      const mocked = [visit.checkIn, visit.checkOut].filter((position) => position?.mocked === true).length
      if (mocked > 0)
        yield { visit, score: 1, text: 'The device reported its position as made up by an app.', with: null }
    }
  },
})
