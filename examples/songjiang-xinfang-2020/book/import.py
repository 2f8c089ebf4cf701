"""The importers of this book, for fava's import page and beangulp's commands.

待导入的文件放在“导入”文件夹。
"""
# 合成演示数据，非真实收支：年初批复为公开的部门预算数，其余额度变动、到账和支付均为演示而编写。

from pathlib import Path

from yusuan.importers.gulp import command
from yusuan.importers.gulp import importers

CONFIG = importers(Path(__file__).parent)

if __name__ == "__main__":
    command(CONFIG)
