"""Looking into a container loads nothing that only other questions need."""

import subprocess
import sys
from pathlib import Path


def test_no_certificate_is_read_to_find_a_file(root: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kaasav.evidence.look import look\n"
        f"folder = Path({str(root / 'assessments' / '2026' / 'naidisvald')!r})\n"
        "facts, _ = look(folder, 'evidence/kaasamise_kord.asice', [], inside=('kaasamise_kord.pdf',))\n"
        "print(facts.state, facts.type, 'cryptography' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["ok", "pdf", "False"]


def test_a_mail_is_read_without_the_modern_policies(root: Path) -> None:
    """`email.policy` takes longer to load than a mail takes to read, and nothing here asks for it."""
    program = (
        "import sys; from pathlib import Path; from kaasav.evidence.look import look\n"
        f"folder = Path({str(root / 'assessments' / '2026' / 'naidisvald')!r})\n"
        "facts, _ = look(folder, 'evidence/e-kiri_vorgustik.eml', [])\n"
        "print(facts.state, facts.type, facts.searchable, 'email.policy' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["ok", "eml", "True", "False"]
