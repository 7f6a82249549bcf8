import type { Prompt } from '../ports.ts'

/** Slow speech, so that rather too little than too much counts as spoken: a required sentence is repeated then. */
const CHARACTERS_PER_SECOND = 11
const IDEOGRAPHS_PER_SECOND = 3.5
const IDEOGRAPH = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u

const secondsOf = (character: string): number =>
  1 / (IDEOGRAPH.test(character) ? IDEOGRAPHS_PER_SECOND : CHARACTERS_PER_SECOND)

/** Returns how long it takes to say a text, in ms. */
export function speakingMs(text: string): number {
  let seconds = 0
  for (const character of text) seconds += secondsOf(character)
  return Math.round(seconds * 1_000)
}

/** Returns the beginning of a text that was said within `ms`, cut after a whole word (or an ideograph). */
export function spokenWithin(text: string, ms: number): string {
  const characters = [...text]
  let seconds = 0
  let length = 0
  while (length < characters.length && (seconds += secondsOf(characters[length]!)) * 1_000 <= ms) length += 1
  if (length === characters.length) return text
  while (length > 0 && !isBoundary(characters[length - 1]!, characters[length]!)) length -= 1
  return characters.slice(0, length).join('').trimEnd()
}

const isBoundary = (before: string, after: string): boolean =>
  /\s/.test(before) || /\s/.test(after) || IDEOGRAPH.test(before) || IDEOGRAPH.test(after)

/** Returns the text of a prompt that was played when its part `partId` had been playing for `ms`. */
export function playedUntil({ say }: Pick<Prompt, 'say'>, partId: string, ms: number): string {
  const first = Math.max(
    say.findIndex((part) => part.partId === partId),
    0,
  )
  const before = textOf(say.slice(0, first))
  return `${before} ${spokenWithin(textOf(say.slice(first)), ms)}`
}

const textOf = (parts: Prompt['say']): string => parts.map(({ text }) => text).join(' ')

/** The part of a prompt in which the caller interrupted, and how much of that part was played. */
export interface Cut {
  readonly partId: string
  readonly spoken: string
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/**
 * Finds the part in which playback stopped. `spoken` is the played text from the prompt's beginning, or only that of the
 * part, as call systems differ. If it matches neither, none of the first part counts as played. `undefined` if the
 * prompt says nothing.
 */
export function cutOf({ say }: Pick<Prompt, 'say'>, spoken: string): Cut | undefined {
  const first = say[0]
  if (first === undefined) return undefined
  const played = plain(spoken)
  if (plain(textOf(say)).startsWith(played)) {
    let rest = played
    for (const [index, { partId, text }] of say.entries()) {
      const part = plain(text)
      if (rest.length < part.length || index === say.length - 1) return { partId, spoken: rest }
      rest = rest.slice(part.length).trimStart()
    }
  }
  const within = say.find(({ text }) => plain(text).startsWith(played))
  return within === undefined ? { partId: first.partId, spoken: '' } : { partId: within.partId, spoken: played }
}
