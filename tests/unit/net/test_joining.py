"""The page's modules become one script that does what they did."""

import pytest

from rookery.net.joining import ApartError, in_order, joined

MODULES = {
    "main.js": b"""/** Starts. @import { Row } from './ui/row.js' */
import { greeting } from "./ui/hello.js";
import {
  answer,
  times,
} from "./wire/sums.js";
import "./late.js";

const found = await answer();
export const said = [greeting("ann"), times(2, found)];
console.log(JSON.stringify(said));
""",
    "ui/hello.js": b"""import { times } from "../wire/sums.js";
const mark = "const ";
export function greeting(name) {
  for (const letter of name) if (letter === "n") return `${mark}${name} ${times(1, 2)}`;
}
""",
    "wire/sums.js": b"""export const times = (a, b) => a * b;
export async function answer() { return 21; }
""",
    "late.js": b"class Late {}\nglobalThis.late = new Late();\n",
    "unused.js": b"throw new Error();\n",
}


def test_order():
    """Each module stands behind what it needs, once, and what nobody needs is left out."""
    assert in_order("main.js", MODULES) == ["wire/sums.js", "ui/hello.js", "late.js", "main.js"]


def test_joined():
    """What was imported and exported is there by its name alone; constants are shorter to say."""
    script = joined("main.js", MODULES)
    assert script.startswith(
        "(async () => {\nlet times = (a, b) => a * b;\nasync function answer() {"
    )
    assert 'let mark = "const ";\nfunction greeting(name) {\n  for (let letter of name)' in script
    assert script.endswith("console.log(JSON.stringify(said));\n\n})();\n")
    assert not any(line.startswith(("import", "export")) for line in script.splitlines())


@pytest.mark.parametrize(
    ("module", "why"),
    (
        ('import { a as b } from "./wire/sums.js";', "main.js has: import"),
        ('import * as all from "./wire/sums.js";', "main.js has: import"),
        ('import fs from "node:fs";', "main.js has: import"),
        ("export default 1;", "main.js has: export"),
        ('const later = () => import("./late.js");', "main.js has: import("),
        ("const here = import.meta.url;", "main.js has: import.meta"),
        ("const { a } = globalThis;", "main.js has: const {"),
        ('import { times } from "./wire/sums.js";\nconst times = 1;', "declare times"),
        ('import "./round.js";', "need each other"),
    ),
)
def test_apart(module, why):
    """What is written in a way that joining would change is refused, with the reason."""
    round_about = {"round.js": b'import "./main.js";'}
    with pytest.raises(ApartError, match=why.replace("(", r"\(").replace("{", r"\{")):
        joined("main.js", MODULES | round_about | {"main.js": module.encode()})
