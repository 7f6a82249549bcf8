/** Customers on the line, who react to what they hear. */
export type Reaction =
  | { readonly kind: 'says'; readonly text: string }
  /** Speaks `afterMs` after the prompt began. */
  | { readonly kind: 'interrupts'; readonly text: string; readonly afterMs: number }
  | { readonly kind: 'presses'; readonly digit: string }
  | { readonly kind: 'silent' }
  /** Hold music: the recogniser reports speech without text. */
  | { readonly kind: 'music' }
  | { readonly kind: 'hangs-up' }

export interface Caller {
  readonly isMachine: boolean
  /** Returns the reaction to a prompt. */
  react(heard: string): Reaction
}

export function scripted(...reactions: readonly Reaction[]): Caller {
  let next = 0
  return { isMachine: false, react: () => reactions[next++] ?? { kind: 'hangs-up' } }
}

export const machine: Caller = { isMachine: true, react: () => ({ kind: 'silent' }) }

/** What a customer says, with what no customer says but a recogniser reports. */
const texts = [
  'yes',
  'no, thank you',
  'what does it cost',
  'we have one',
  'um',
  '请再说一遍',
  '"quoted" {{slot}} \\',
  'agent please',
  'bye',
]

/** Decides by a stream of numbers in [0, 1); hangs up after twelve reactions at the latest. */
export function random(next: () => number): Caller {
  let left = 12
  const pick = (): string => texts[Math.floor(next() * texts.length)]!
  return {
    isMachine: next() < 0.1,
    react() {
      left -= 1
      const dice = next()
      if (left === 0 || dice < 0.05) return { kind: 'hangs-up' }
      if (dice < 0.15) return { kind: 'silent' }
      if (dice < 0.25) return { kind: 'music' }
      if (dice < 0.35) return { kind: 'presses', digit: String(Math.floor(next() * 10)) }
      if (dice < 0.55) return { kind: 'interrupts', text: pick(), afterMs: Math.floor(next() * 3_000) }
      return { kind: 'says', text: pick() }
    },
  }
}
