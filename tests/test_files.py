import errno
import os
import subprocess
import sys

import pytest

from kaasav.files import replacing, write_atomically, written
from kaasav.problems import Forbidden, Refused


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def code(refused):
    [problem] = refused.value.problems
    assert problem.message
    return problem.code


def test_a_new_file_and_a_file_replaced(tmp_path):
    path = tmp_path / "Põhja-Pärnumaa.json"
    write_atomically(path, b"one\r\n")
    assert path.read_bytes() == b"one\r\n"
    write_atomically(path, b"")
    assert path.read_bytes() == b""
    assert names(tmp_path) == [path.name]


def test_until_the_end_the_old_file_stands(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with written(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit])
def test_what_goes_wrong_inside_leaves_the_old_file_and_nothing_else(tmp_path, failure):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(failure), written(path) as stream:
        stream.write(b"half")
        raise failure
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "file-disk-full"),
        (errno.EACCES, "file-not-writable"),
        (errno.EPERM, "file-not-writable"),
        (errno.EROFS, "file-not-writable"),
        (errno.EIO, "file-not-written"),
    ],
)
@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_what_the_disk_refuses_is_said_and_the_old_file_stays(tmp_path, monkeypatch, number, expected, step):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        if step == "replace":
            patch.setattr(type(path), "replace", refuse)
        else:
            patch.setattr(os, step, refuse)
        with pytest.raises(Refused) as refused:
            write_atomically(path, b"new")
    assert code(refused) == expected
    assert refused.value.problems[0].location.file == str(path)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_missing_folder_and_a_folder_in_the_way_are_said(tmp_path):
    with pytest.raises(Refused) as refused:
        write_atomically(tmp_path / "puudub" / "a.txt", b"x")
    assert code(refused) == "file-no-folder"
    (tmp_path / "kaust").mkdir()
    with pytest.raises(Refused) as refused:
        write_atomically(tmp_path / "kaust", b"x")
    assert code(refused) == "file-is-folder"
    (tmp_path / "fail").write_bytes(b"")
    with pytest.raises(Refused) as refused:
        write_atomically(tmp_path / "fail" / "a.txt", b"x")
    assert code(refused) == "file-no-folder"
    assert names(tmp_path) == ["fail", "kaust"]


def test_a_file_is_not_overwritten_where_it_must_not_be_even_if_it_appears_meanwhile(tmp_path):
    path = tmp_path / "a.txt"
    with written(path, overwrite=False) as stream:
        stream.write(b"first")
    with pytest.raises(Forbidden) as refused, written(path, overwrite=False) as stream:
        stream.write(b"second")
    assert code(refused) == "file-exists"
    other = tmp_path / "b.txt"
    with pytest.raises(Forbidden), written(other, overwrite=False) as stream:
        other.write_bytes(b"theirs")
        stream.write(b"mine")
    assert (path.read_bytes(), other.read_bytes()) == (b"first", b"theirs")
    assert names(tmp_path) == ["a.txt", "b.txt"]


def test_an_error_that_is_not_about_this_file_stays_what_it_is(tmp_path):
    with pytest.raises(FileNotFoundError), written(tmp_path / "a.txt") as stream:
        stream.write((tmp_path / "input.txt").read_bytes())
    assert names(tmp_path) == []


def test_any_program_may_fill_the_file(tmp_path):
    path = tmp_path / "a.db"
    with replacing(path) as temporary:
        assert temporary.parent == tmp_path
        temporary.write_bytes(b"filled")
    assert path.read_bytes() == b"filled"


if sys.platform != "win32":

    def test_permissions_stay_and_new_files_get_the_usual_ones(tmp_path):
        path, plain = tmp_path / "a.txt", tmp_path / "plain.txt"
        plain.write_bytes(b"")
        write_atomically(path, b"x")
        assert path.stat().st_mode == plain.stat().st_mode
        path.chmod(0o640)
        write_atomically(path, b"y")
        assert path.stat().st_mode & 0o777 == 0o640

    def test_a_link_is_replaced_not_followed(tmp_path):
        (tmp_path / "real.txt").write_bytes(b"real")
        link = tmp_path / "link.txt"
        link.symlink_to("real.txt")
        write_atomically(link, b"new")
        assert not link.is_symlink()
        assert ((tmp_path / "real.txt").read_bytes(), link.read_bytes()) == (b"real", b"new")

    def test_a_disk_really_full(tmp_path):
        program = (
            "import pathlib, resource, sys\n"
            "from kaasav.files import write_atomically\n"
            "from kaasav.problems import Refused\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
            "write_atomically(pathlib.Path(sys.argv[1]), b'x' * 4000)\n"
            "try: write_atomically(pathlib.Path(sys.argv[1]), b'y' * 6000)\n"
            "except Refused as refused: print(refused.problems[0].code)\n"
        )
        path = tmp_path / "a.txt"
        done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, encoding="utf-8", check=True)
        assert done.stdout == "file-disk-full\n"
        assert path.read_bytes() == b"x" * 4000
        assert names(tmp_path) == ["a.txt"]
