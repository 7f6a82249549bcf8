import { phraseFinder } from './phrases.ts'

/** What a turn says about the conversation itself. */
export interface DialogueCues {
  /** Whether the customer did not understand what was said. */
  readonly isConfused: boolean
  /** Whether the customer wants to talk to a person. */
  readonly wantsAgent: boolean
}

type Cue = 'confused' | 'agent'

/** Phrases in Chinese, English and Russian. */
const PHRASES: Readonly<Record<Cue, string>> = {
  confused:
    "don't understand|do not understand|didn't understand|did not understand|not sure i understand|don't get it|do not get it|what do you mean|what does that mean|what is that supposed to mean|say that again|say it again|come again|pardon|didn't catch|did not catch|i'm confused|i am confused|you lost me|too complicated|in plain english|" +
    '没听懂|听不懂|不明白|没明白|不懂|什么意思|再说一遍|没听清|听不清|太复杂|' +
    'не понял|не поняла|не понимаю|что это значит|что вы имеете в виду|повторите|не расслышал|слишком сложно|что значит',
  agent:
    'talk to a person|talk to a human|speak to a person|speak to a human|speak to someone|talk to someone|real person|human agent|an agent please|speak to an agent|talk to an agent|your manager|your supervisor|' +
    '人工客服|转人工|找人工|真人|你们经理|你们领导|' +
    'с человеком|с оператором|живой человек|позовите оператора|соедините с|вашего начальника',
}

const find = phraseFinder(
  Object.entries(PHRASES).flatMap(([cue, phrases]) =>
    phrases.split('|').map((phrase) => [phrase, cue as Cue] as const),
  ),
)

export function dialogueCues(text: string): DialogueCues {
  const cues = new Set(find(text.replaceAll('’', "'")).map(({ meaning }) => meaning))
  return { isConfused: cues.has('confused'), wantsAgent: cues.has('agent') }
}
