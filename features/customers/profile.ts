import { profiles, type Profile } from '../../schemas/customers/profiles.ts'
import type { FeatureDescription, TopicFeatures } from '../feature-set.ts'
import { mergeProfile, profileKind, rememberProfile } from './remembered-profile.ts'

interface ProfileFeature extends Omit<FeatureDescription, 'name' | 'sources'> {
  readonly from: readonly (keyof Profile & string)[]
  value(profile: Profile, at: number): number
}

const known = (value: unknown) => (value === null ? 0 : 1)
const isSex = (sex: Profile['sex'], which: Profile['sex']) =>
  sex === null || sex === 'unknown' ? Number.NaN : sex === which ? 1 : 0

const definitions: Readonly<Record<string, ProfileFeature>> = {
  age: {
    meaning: 'Age reached in the year of the row, by the year of birth',
    unit: 'years',
    from: ['birthYear'],
    protected: true,
    value: ({ birthYear }, at) => (birthYear === null ? Number.NaN : new Date(at).getUTCFullYear() - birthYear),
  },
  isFemale: {
    meaning: 'Sex is female',
    unit: '1 or 0',
    from: ['sex'],
    protected: true,
    value: ({ sex }) => isSex(sex, 'female'),
  },
  isMale: {
    meaning: 'Sex is male',
    unit: '1 or 0',
    from: ['sex'],
    protected: true,
    value: ({ sex }) => isSex(sex, 'male'),
  },
  hasRegisteredPlace: {
    meaning: 'A registered place is known',
    unit: '1 or 0',
    from: ['registeredPlace'],
    protected: true,
    value: ({ registeredPlace }) => known(registeredPlace),
  },
  hasResidence: {
    meaning: 'A residence is known',
    unit: '1 or 0',
    from: ['residence'],
    value: ({ residence }) => known(residence),
  },
  livesWhereRegistered: {
    meaning: 'Residence and registered place are the same',
    unit: '1 or 0',
    from: ['registeredPlace', 'residence'],
    protected: true,
    value: ({ registeredPlace, residence }) =>
      registeredPlace === null || residence === null ? Number.NaN : registeredPlace === residence ? 1 : 0,
  },
  hasSegment: {
    meaning: 'The bank has put the customer in a segment',
    unit: '1 or 0',
    from: ['segment'],
    value: ({ segment }) => known(segment),
  },
}
const features = Object.entries(definitions)

/** Features of the customer’s profile; all NaN before the first profile. */
export const profileFeatures: TopicFeatures<Profile> = {
  id: 'profile@1',
  topic: profiles,
  names: features.map(([name]) => `profile.${name}`),
  descriptions: features.map(([name, { meaning, unit, from, protected: isProtected }]) => ({
    name: `profile.${name}`,
    meaning,
    unit,
    sources: from.map((field) => `${profiles.name}.${field}`),
    ...(isProtected === true ? { protected: true } : {}),
  })),
  kinds: [profileKind],
  fold: rememberProfile,
  merge: mergeProfile,
  row(state, at, row, offset) {
    const profile = state.get(profileKind, '')
    for (let i = 0; i < features.length; i++)
      row[offset + i] = profile === undefined ? Number.NaN : features[i]![1].value(profile, at)
  },
}
