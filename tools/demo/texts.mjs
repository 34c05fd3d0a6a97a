// Real texts to fill the chats with: poems and essays of chinese-poetry, fortunes of Debian in Chinese and English.
// A piece is a list of lines that are said one after the other.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const poetry = (file) => createRequire(import.meta.url)(`chinese-poetry/dist/${file}`);
const folder = '/usr/share/games/fortunes';

// Where a fortune of the Chinese collection may come from; the rest are long extracts of manuals.
const sources = /谚语|增广贤文|论语|道德经|菜根谭|荀子|孟子|庄子|诗经|Debian|UNIX|李白|杜甫|白居易|苏轼|辛弃疾|王维|陆游|李清照/;
const english = ['computers', 'education', 'food', 'fortunes', 'linux', 'literature', 'platitudes', 'riddles', 'science', 'wisdom', 'work'];

function fortunes(name) {
  const text = readFileSync(`${folder}/${name}`, 'utf8')
    // eslint-disable-next-line no-control-regex
    .replace(/\x1b\[[0-9;]*m/g, '');
  return text.split(/\n%\n/).map((entry) => entry.replace(/.\x08/g, '').replace(/\t+/g, ' ').trim())
    .filter((entry) => entry.length > 2 && entry.length <= 600);
}

// The title and the author on one line, then the verses.
function titled(poem) {
  const [title, author, ...verses] = poem.split('\n');
  return [`${title} ${author}`.replace(/题目:|作者[:：]/g, ''), ...verses];
}

export function pieces() {
  const chinese = fortunes('chinese').filter((entry) => sources.test(entry.split('--').at(-1)));
  const poems = [...fortunes('tang300'), ...fortunes('song100')];
  return {
    poems: [
      ...poetry('songci/宋词三百首.json').map((p) => [`《${p.rhythmic}》 ${p.author}`, ...p.paragraphs]),
      ...poetry('nalanxingde/纳兰性德诗集.json').map((p) => [`${p.title} ${p.author}`, ...p.para]),
      ...poetry('shijing/shijing.json').map((p) => [`诗经 ${p.section} ${p.title}`, ...p.content]),
      // In traditional characters, as many people write them.
      ...poetry('quantangshi/poet.tang.1000.json').slice(0, 300).map((p) => [`${p.title} ${p.author}`, ...p.paragraphs]),
      ...poems.map(titled),
    ],
    essays: [
      ...poetry('youmengying/youmengying.json').map((e) => [e.content, ...e.comment]),
      ...poetry('lunyu/lunyu.json').map((e) => e.paragraphs),
    ],
    sayings: chinese.map((saying) => [saying]),
    english: english.flatMap(fortunes).map((fortune) => [fortune]),
  };
}
