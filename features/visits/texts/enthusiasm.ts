const promising =
  /非常(?:满意|感兴趣|认可|高兴|愉快|看好)|很(?:满意|感兴趣|认可|高兴|看好)|十分(?:满意|认可|感兴趣)|高度认可|意向(?:强烈|明显|明确)|(?:强烈|浓厚)的?(?:意向|兴趣)|愿意合作|合作意愿|反馈良好|沟通(?:顺利|愉快)|气氛融洽|一定会|肯定会|马上(?:签|下单)|准备签约|very (?:interested|happy|satisfied|positive|keen|impressed)|extremely|highly interested|great (?:meeting|talk|interest|feedback)|excited|enthusiastic|thrilled|delighted|definitely|loves? (?:it|our|the)|eager|ready to (?:sign|buy)/giu
const doubting =
  /不(?:满意|感兴趣|考虑|需要|愿意|认可|太|急|高兴)|没(?:有)?(?:兴趣|意向|需求|预算)|拒绝|犹豫|顾虑|再(?:看|说|等)|太贵|偏高|not (?:interested|ready|sure|convinced|happy)|no (?:interest|budget|need)|declin|reject|hesita|too expensive|postpone|unlikely/giu

/** Returns the number of words in a report that promise success, minus those that doubt it; Chinese and English. */
export function enthusiasmOf(text: string): number {
  return (text.match(promising)?.length ?? 0) - (text.match(doubting)?.length ?? 0)
}
